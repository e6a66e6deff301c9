/**
 * The form of a new target: its settings appear from what the plugin declares.
 *
 * @module
 */

import type { NewTarget, TargetKind, TargetSetting } from "../target_actions.ts";
import { choiceField, type Form, type FormField, textField, valuesOf } from "./form.ts";
import type { FormModal } from "./modal.ts";

/** Compression is worth offering; encryption needs a key first, which the command line makes. */
const codecs = ["none", "zstd", "gzip"];

/** The form for the first kind. */
export function targetForm(kinds: readonly TargetKind[]): FormModal {
  const first = kinds.find(({ name }) => name === "folder") ?? kinds[0];
  return {
    kind: "form",
    title: "New target",
    intro: "a place beyond this directory that holds copies",
    submit: "add it",
    form: { fields: fieldsOf(kinds, first, {}), focus: 0 },
    purpose: { kind: "target", kinds },
  };
}

/** The form with the settings of the kind that is chosen now; what was typed stays. */
export function reshapedTarget(form: Form, kinds: readonly TargetKind[]): Form {
  const values = valuesOf(form);
  const kind = kinds.find(({ name }) => name === values.kind);
  const fields = fieldsOf(kinds, kind, values);
  const same = fields.length === form.fields.length &&
    fields.every(({ name }, at) => name === form.fields[at]?.name);
  return same ? form : { ...form, fields };
}

type Values = Readonly<Record<string, string>>;

function fieldsOf(
  kinds: readonly TargetKind[],
  kind: TargetKind | undefined,
  values: Values,
): readonly FormField[] {
  const names = kinds.map(({ name }) => name);
  return [
    choiceField("kind", "Kind", {
      help: kind?.summary ?? "",
      choices: names,
      value: kind?.name ?? "",
    }),
    textField("name", "Name", {
      help: "How you want to call it: letters, digits, _ and -",
      value: values.name ?? "",
    }),
    ...(kind?.settings ?? []).filter(({ advanced }) => advanced !== true)
      .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
      .map((setting) => settingField(setting, values)),
    choiceField("codec", "Compress", {
      help: "zstd is fast and small; none leaves a file that any SQLite tool opens",
      choices: codecs,
      value: values.codec ?? "none",
    }),
  ];
}

function settingField(setting: TargetSetting, values: Values): FormField {
  const { name, kind, help, required, secret, default: usual } = setting;
  const field = `set ${name}`;
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

/** What is wrong with it before anything is tried, by the field that it concerns. */
export function targetProblem(
  form: Form,
  kinds: readonly TargetKind[],
): { readonly field: string; readonly error: string } | undefined {
  const values = valuesOf(form);
  const name = values.name ?? "";
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    return { field: "name", error: "A name is needed: letters, digits, _ and -" };
  }
  const kind = kinds.find((each) => each.name === values.kind);
  const lacking = kind?.settings.find((each) =>
    each.required === true && (values[`set ${each.name}`] ?? "") === ""
  );
  return lacking && { field: `set ${lacking.name}`, error: `${lacking.name} must be given` };
}

/** What the form says. */
export function targetOf(form: Form, kinds: readonly TargetKind[]): NewTarget {
  const values = valuesOf(form);
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const kind = kinds.find((each) => each.name === values.kind);
  for (const { name, secret, default: usual } of kind?.settings ?? []) {
    const text = values[`set ${name}`] ?? "";
    if (text === "" || (secret !== true && text === String(usual))) continue;
    (secret === true ? secrets : settings)[name] = text;
  }
  const { name = "", codec = "none" } = values;
  return {
    name,
    kind: kind?.name ?? "",
    settings,
    secrets,
    codecs: codec === "none" ? [] : [codec],
  };
}
