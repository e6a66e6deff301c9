/**
 * Looking at settings and changing one.
 *
 * @module
 */

import { writtenFirst } from "./configuration_first.ts";
import { choiceField, type FormField, textField, valuesOf } from "./form.ts";
import type { Message } from "./message.ts";
import type { FormModal } from "./modal.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** The next step of the settings. */
export function updateSettings(state: State, message: Message): Step | undefined {
  if (message.type === "editSetting") {
    return writtenFirst(state, message) ?? step({ ...state, modal: settingForm(state) });
  }
  if (message.type !== "settingChecked") return undefined;
  const { modal } = state;
  if (modal?.kind !== "form" || modal.purpose.kind !== "setting") return step(state);
  const { key, text, error } = message;
  if (modal.purpose.key !== key || valuesOf(modal.form).value !== text) return step(state);
  const fields = modal.form.fields.map((field): FormField => ({ ...field, error }));
  return step({ ...state, modal: { ...modal, form: { ...modal.form, fields } } });
}

function settingForm({ loaded, settingRow }: State): FormModal | undefined {
  const setting = loaded?.settings[settingRow];
  if (setting === undefined) return undefined;
  const { key, value, wanted, choices, help } = setting;
  const about = wanted === "" ? help : `${help} Wanted: ${wanted}. Empty takes it out.`;
  const field = choices === undefined
    ? textField("value", key, { help: about, value })
    : choiceField("value", key, { help, choices, value });
  return {
    kind: "form",
    title: "Setting",
    intro: `now from: ${setting.origin}`,
    submit: "save",
    form: { fields: [field], focus: 0 },
    purpose: { kind: "setting", key },
  };
}

/** A step that has a setting checked whenever its text changed. */
export function withCheck(before: State, { state, commands }: Step): Step {
  const now = textOf(state);
  if (now === undefined || now.text === textOf(before)?.text) return { state, commands };
  return { state, commands: [...commands, { type: "checkSetting", ...now }] };
}

function textOf({ modal }: State): { readonly key: string; readonly text: string } | undefined {
  if (modal?.kind !== "form" || modal.purpose.kind !== "setting") return undefined;
  return { key: modal.purpose.key, text: valuesOf(modal.form).value ?? "" };
}
