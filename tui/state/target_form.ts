/**
 * The form of a new target: what is wrong with it is said while it is typed.
 *
 * @module
 */

import type { RetentionPolicy } from "../../mod.ts";
import type { NewTarget, TargetSetting } from "../target_actions.ts";
import { type Form, type FormField, valuesOf } from "./form.ts";
import type { FormModal, TargetPurpose } from "./modal.ts";
import { policyFrom, problemOfPolicy } from "./policy_form.ts";
import {
  codecSettings,
  codecsOf,
  kindOf,
  kindSettings,
  type NamedSetting,
  targetFields,
  type Values,
} from "./target_fields.ts";

/** The form for the first kind. */
export function targetForm(purpose: TargetPurpose): FormModal {
  const { kinds } = purpose.offer;
  const first = kinds.find(({ name }) => name === "folder") ?? kinds[0];
  return {
    kind: "form",
    title: "New target",
    intro: "a place beyond this directory that holds copies",
    submit: "add it",
    form: { fields: targetFields(purpose.offer, { kind: first?.name ?? "" }), focus: 0 },
    purpose: { kind: "target", ...purpose },
  };
}

/** The form with the settings of what is chosen now, each with what is wrong with it. */
export function reshapedTarget(form: Form, purpose: TargetPurpose): Form {
  const values = valuesOf(form);
  const fields = targetFields(purpose.offer, values);
  const same = fields.length === form.fields.length &&
    fields.every(({ name }, at) => name === form.fields[at]?.name);
  const kept = same ? form.fields : fields;
  const checked = kept.map((field): FormField => ({
    ...field,
    error: values[field.name] === "" ? undefined : wrongWith(field.name, values, purpose),
  }));
  return { ...form, fields: checked };
}

/** What is wrong with it before anything is tried, by the field that it concerns. */
export function targetProblem(
  form: Form,
  purpose: TargetPurpose,
): { readonly field: string; readonly error: string } | undefined {
  const values = valuesOf(form);
  for (const { name: field } of form.fields) {
    const error = wrongWith(field, values, purpose);
    if (error !== undefined) return { field, error };
  }
  return undefined;
}

/** What is wrong with one field. */
function wrongWith(
  field: string,
  values: Values,
  purpose: TargetPurpose,
): string | undefined {
  const text = values[field] ?? "";
  if (field === "name") return wrongName(text, purpose);
  if (field.startsWith("keep ")) {
    return text === "" ? undefined : problemOfPolicy(retentionOf(values) ?? {})?.message;
  }
  const found = settingsOf(values, purpose).find((each) => each.field === field);
  if (found !== undefined) return wrongValue(found.setting, text);
  const lacksKey = field === "encrypt" && text === "age" &&
    ["recipients", "identityFile", "passphrase"].every((name) => !values[`set age.${name}`]);
  return lacksKey ? "Somebody must be able to open the copies: give recipients below" : undefined;
}

function wrongName(text: string, { taken }: TargetPurpose): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return "A name is needed: letters, digits, _ and -";
  return taken.includes(text) ? `There is a target ${text} already` : undefined;
}

/** By its declaration, as the program checks it later. */
function wrongValue(setting: TargetSetting, text: string): string | undefined {
  const { name, kind, required, problem, min = -Infinity, max = Infinity } = setting;
  if (text === "") return required === true ? `${name} must be given` : undefined;
  if (kind === "url" && !URL.canParse(text)) return "An address looks like https://example.com";
  if (kind === "number") {
    const value = text.trim() === "" ? NaN : Number(text);
    if (!Number.isFinite(value)) return `${name} is a number`;
    if (value < min) return `${name} is at least ${min}`;
    if (value > max) return `${name} is at most ${max}`;
  }
  const texts = kind === "list" ? text.split(",").map((each) => each.trim()) : [text];
  return texts.filter((each) => each !== "").map((each) => problem?.(each))
    .find((found) => found !== undefined);
}

function settingsOf(values: Values, { offer }: TargetPurpose): readonly NamedSetting[] {
  return [
    ...kindSettings(kindOf(offer, values)),
    ...codecsOf(offer, values).flatMap(codecSettings),
  ];
}

/** What the form says. */
export function targetOf(form: Form, { offer }: TargetPurpose): NewTarget {
  const values = valuesOf(form);
  const kind = kindOf(offer, values);
  const codecs = codecsOf(offer, values);
  const all = [...kindSettings(kind), ...codecs.flatMap(codecSettings)];
  const retention = retentionOf(values);
  return {
    name: values.name ?? "",
    kind: kind?.name ?? "",
    settings: given(kindSettings(kind), values, false),
    secrets: given(all, values, true),
    codecs: codecs.map((codec) => ({
      kind: codec.name,
      settings: given(codecSettings(codec), values, false),
    })),
    required: values.required === "the backup failed",
    ...(retention === undefined ? {} : { retention }),
  };
}

/** The secrets, or the other settings; what is left as it usually is, is not given. */
function given(
  settings: readonly NamedSetting[],
  values: Values,
  secrets: boolean,
): Readonly<Record<string, string>> {
  const texts = settings
    .filter(({ setting }) => (setting.secret === true) === secrets)
    .map(({ field, setting }) => [setting, values[field] ?? ""] as const)
    .filter(([{ default: usual }, text]) => text !== "" && (secrets || text !== String(usual)));
  return Object.fromEntries(texts.map(([{ name }, text]) => [name, text]));
}

/** `undefined` where no rule was typed. */
function retentionOf(values: Values): RetentionPolicy | undefined {
  const rules = Object.entries(values)
    .filter(([field, text]) => field.startsWith("keep ") && text.trim() !== "")
    .map(([field, text]) => [field.slice("keep ".length), text]);
  return rules.length === 0 ? undefined : policyFrom(Object.fromEntries(rules));
}
