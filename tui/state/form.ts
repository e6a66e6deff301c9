/**
 * A few settings that are filled in and then used at once.
 *
 * @module
 */

import { editField, type Field, fieldOf, typeInto } from "./field.ts";

/** One setting of a form. */
export type FormField =
  & {
    readonly name: string;
    readonly label: string;
    readonly help: string;
    /** What is wrong with what was typed. */
    readonly error?: string | undefined;
  }
  & (
    | { readonly kind: "text" | "secret"; readonly field: Field }
    | { readonly kind: "choice"; readonly choices: readonly string[]; readonly value: string }
  );

/** The form and which of its settings the keys go to. */
export interface Form {
  readonly fields: readonly FormField[];
  readonly focus: number;
}

/** A setting that is typed. */
export function textField(
  name: string,
  label: string,
  options: { readonly help: string; readonly value?: string; readonly secret?: boolean },
): FormField {
  const { help, value, secret = false } = options;
  return { name, label, help, kind: secret ? "secret" : "text", field: fieldOf(value) };
}

/** A setting that is chosen with left and right. */
export function choiceField(
  name: string,
  label: string,
  options: { readonly help: string; readonly choices: readonly string[]; readonly value?: string },
): FormField {
  const { help, choices, value = choices[0] ?? "" } = options;
  return { name, label, help, kind: "choice", choices, value };
}

/** The values by name. */
export function valuesOf({ fields }: Form): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((each) => [each.name, each.kind === "choice" ? each.value : each.field.text]),
  );
}

/** The setting that the keys go to. */
export function focused(form: Form): FormField | undefined {
  return form.fields[form.focus];
}

/** The form with another setting in focus. */
export function refocused(form: Form, by: number): Form {
  const { length } = form.fields;
  return { ...form, focus: (form.focus + by + length) % Math.max(1, length) };
}

/** What a key does to the setting in focus; the same form where it does nothing. */
export function pressInForm(form: Form, key: string): Form {
  return withFocused(form, (each) => {
    if (each.kind !== "choice") {
      const field = editField(each.field, key);
      return field === undefined ? each : { ...each, field, error: undefined };
    }
    const step = key === "right" || key === "space" ? 1 : key === "left" ? -1 : 0;
    return step === 0 ? each : { ...each, value: nextChoice(each.choices, each.value, step) };
  });
}

/** Types into the setting in focus; a space moves a choice on. */
export function typeInForm(form: Form, text: string): Form {
  const now = focused(form);
  if (now?.kind === "choice") return text === " " ? pressInForm(form, "space") : form;
  return withFocused(
    form,
    (each) =>
      each.kind === "choice"
        ? each
        : { ...each, field: typeInto(each.field, text), error: undefined },
  );
}

function nextChoice(choices: readonly string[], value: string, step: number): string {
  const { length } = choices;
  return choices[(choices.indexOf(value) + step + length) % Math.max(1, length)] ?? value;
}

function withFocused(form: Form, change: (field: FormField) => FormField): Form {
  const fields = form.fields.map((each, at) => at === form.focus ? change(each) : each);
  return { ...form, fields };
}
