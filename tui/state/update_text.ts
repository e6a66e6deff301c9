/**
 * Where letters and editing keys go while something is typed.
 *
 * @module
 */

import { charactersOf, editField, type Field, typeInto } from "./field.ts";
import { pressInForm, typeInForm } from "./form.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { reshapedTarget } from "./target_form.ts";

/** A key, or text that was pasted. */
export type Typed = { readonly key: string } | { readonly text: string };

/** Gives it to the field that is being typed in. */
export function typeText(state: State, typed: Typed): Step {
  const { modal, list, choosing } = state;
  if (modal?.kind === "form") {
    const text = textOf(typed);
    const form = text === undefined
      ? pressInForm(modal.form, keyOf(typed))
      : typeInForm(modal.form, text);
    const shaped = modal.purpose.kind === "target" ? reshapedTarget(form, modal.purpose) : form;
    return step({ ...state, modal: { ...modal, form: shaped, problem: undefined } });
  }
  if (modal?.kind === "live" && modal.question !== undefined) {
    const question = { ...modal.question, field: edited(modal.question.field, typed) };
    return step({ ...state, modal: { ...modal, question } });
  }
  if (modal?.kind === "restore" && modal.typed !== undefined) {
    const { kind, field } = modal.typed;
    return step({ ...state, modal: { ...modal, typed: { kind, field: edited(field, typed) } } });
  }
  if (modal?.kind === "restore") {
    const filter = edited(modal.list.filter, typed);
    return step({ ...state, modal: { ...modal, list: { ...modal.list, filter } } });
  }
  if (modal === undefined && list.typing) {
    return step({ ...state, list: { ...list, filter: edited(list.filter, typed) } });
  }
  if (modal === undefined && state.screen === "choose") {
    const field = edited(choosing.field, typed);
    const next = { ...choosing, field, row: -1, completions: [], problem: undefined };
    return step({ ...state, choosing: next });
  }
  return step(state);
}

function edited(field: Field, typed: Typed): Field {
  const text = textOf(typed);
  return text === undefined ? editField(field, keyOf(typed)) ?? field : typeInto(field, text);
}

function keyOf(typed: Typed): string {
  return "key" in typed ? typed.key : "";
}

/** The text of a key that stands for itself; keys with names are none. */
function textOf(typed: Typed): string | undefined {
  if ("text" in typed) return typed.text;
  if (typed.key === "space") return " ";
  return charactersOf(typed.key).length === 1 ? typed.key : undefined;
}
