/**
 * The settings of a new target as fields of a form: they appear from what the plugins
 * declare, those for special cases only on request.
 *
 * @module
 */

import type { CodecKind, TargetKind, TargetOffer, TargetSetting } from "../target_actions.ts";
import { choiceField, type FormField, textField } from "./form.ts";
import { POLICY_RULES } from "./policy_form.ts";

/** The codec that encrypts; every other one compresses. */
const ENCRYPTS = "age";

/** The rules of retention that a target is asked for; the file takes all of them. */
const asked: readonly string[] = [
  "keepWithin",
  "keepDaily",
  "keepWeekly",
  "keepMonthly",
  "maxCount",
];

/** What was typed, by field. */
export type Values = Readonly<Record<string, string>>;

/** A setting and the field in which it is typed. */
export interface NamedSetting {
  readonly field: string;
  readonly setting: TargetSetting;
}

/** The kind that is chosen. */
export function kindOf({ kinds }: TargetOffer, values: Values): TargetKind | undefined {
  return kinds.find(({ name }) => name === values.kind);
}

/** The codecs that are chosen, in the order in which they are applied. */
export function codecsOf({ codecs }: TargetOffer, values: Values): readonly CodecKind[] {
  const names = [values.compress, values.encrypt];
  return names.flatMap((name) => codecs.filter((codec) => codec.name === name));
}

/** The settings of a codec with their fields. */
export function codecSettings({ name, settings }: CodecKind): readonly NamedSetting[] {
  // The identity itself is better kept in its file.
  return settings.filter((each) => each.name !== "identity")
    .map((setting) => ({ field: `set ${name}.${setting.name}`, setting }));
}

/** The settings of a kind with their fields. */
export function kindSettings(kind: TargetKind | undefined): readonly NamedSetting[] {
  return (kind?.settings ?? [])
    .map((setting) => ({ field: `set ${setting.name}`, setting }));
}

/** The fields for what is chosen now; what was typed stays. */
export function targetFields(offer: TargetOffer, values: Values): readonly FormField[] {
  const kind = kindOf(offer, values);
  const chosen = codecsOf(offer, values);
  const own = kindSettings(kind)
    .toSorted((a, b) => Number(b.setting.required ?? false) - Number(a.setting.required ?? false));
  const encrypting = chosen.filter(({ name }) => name === ENCRYPTS).flatMap(codecSettings);
  const compressing = chosen.filter(({ name }) => name !== ENCRYPTS).flatMap(codecSettings);
  const fields = (settings: readonly NamedSetting[]): FormField[] =>
    settings.map((each) => settingField(each, values));
  const isSpecial = ({ setting }: NamedSetting): boolean => setting.advanced === true;
  return [
    choiceField("kind", "Kind", {
      help: kind?.summary ?? "",
      choices: offer.kinds.map(({ name }) => name),
      value: kind?.name ?? "",
    }),
    textField("name", "Name", {
      help: "How you want to call it: letters, digits, _ and -",
      value: values.name ?? "",
    }),
    ...fields(own.filter((each) => !isSpecial(each))),
    ...codecFields(offer, values),
    ...fields(encrypting),
    choiceField("more", "More settings", {
      help: "What to keep there, whether it must succeed, and what only special cases need",
      choices: ["hidden", "shown"],
      value: values.more ?? "hidden",
    }),
    ...(values.more === "shown" ? moreFields(values) : []),
    ...(values.more === "shown" ? fields([...compressing, ...own.filter(isSpecial)]) : []),
  ];
}

function codecFields({ codecs }: TargetOffer, values: Values): readonly FormField[] {
  const compress = codecs.map(({ name }) => name).filter((name) => name !== ENCRYPTS);
  const encrypts = codecs.some(({ name }) => name === ENCRYPTS);
  return [
    choiceField("compress", "Compress", {
      help: "zstd is fast and small; none leaves a file that any SQLite tool opens",
      choices: ["none", ...compress.toReversed()],
      value: values.compress ?? "none",
    }),
    ...(encrypts
      ? [choiceField("encrypt", "Encrypt", {
        help: "age: nobody reads the copies without your key; `holdfast key new` makes one",
        choices: ["no", ENCRYPTS],
        value: values.encrypt ?? "no",
      })]
      : []),
  ];
}

function moreFields(values: Values): readonly FormField[] {
  return [
    choiceField("required", "If a copy fails", {
      help: "Whether a backup counts as failed where its copy does not arrive there",
      choices: ["warn", "the backup failed"],
      value: values.required ?? "warn",
    }),
    ...POLICY_RULES.filter(([name]) => asked.includes(name)).map(([name, label, help]) =>
      textField(`keep ${name}`, label, {
        help: `${help}. All left empty: what targets usually keep.`,
        value: values[`keep ${name}`] ?? "",
      })
    ),
  ];
}

function settingField({ field, setting }: NamedSetting, values: Values): FormField {
  const { name, kind, help, required, secret, default: usual } = setting;
  const label = required === true ? `${name} *` : name;
  const choices = kind === "boolean" ? ["false", "true"] : setting.choices;
  if (choices !== undefined && secret !== true) {
    const value = values[field] ?? (usual === undefined ? choices[0] : String(usual));
    return choiceField(field, label, { help, choices, ...(value === undefined ? {} : { value }) });
  }
  const left = usual === undefined ? "" : ` Left empty: ${usual}.`;
  const list = kind === "list" ? " Several with commas." : "";
  return textField(field, label, {
    help: `${help}${list}${left}`,
    value: values[field] ?? "",
    secret: secret === true,
  });
}
