/**
 * Forms, questions, things to read and the help.
 *
 * @module
 */

import type { ReactElement } from "react";
import { fieldSpans } from "../parts/field_spans.ts";
import { keySign } from "../parts/key_sign.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { contextOf } from "../keys/context.ts";
import { bindingsIn } from "../keys/keys.ts";
import { forecastLines } from "../parts/forecast_lines.ts";
import type { FormField } from "../state/form.ts";
import { topRow } from "../state/page_size.ts";
import { policyProblem } from "../state/policy_form.ts";
import type { AskModal, FormModal, HelpModal, LiveModal, ReadModal } from "../state/modal.ts";
import type { State } from "../state/state.ts";
import { cut, left, wrap } from "../text/fit.ts";
import { outlookLines } from "./outlook_lines.ts";
import { liveLines } from "./live.ts";
import { safeText } from "../text/safe_text.ts";

type Lines = readonly (readonly Span[])[];

/** Draws a dialog. */
export function Dialog({ state, modal, rows }: {
  readonly state: State;
  readonly modal: FormModal | LiveModal | AskModal | HelpModal | ReadModal;
  readonly rows: number;
}): ReactElement[] {
  const width = state.size.columns;
  return linesOf(modal, { state, rows, width: width - 4 }).map((spans, at) => (
    <Line key={at} spans={[span("  "), ...spans]} width={width} />
  ));
}

interface Room {
  readonly state: State;
  readonly rows: number;
  readonly width: number;
}

function linesOf(
  modal: FormModal | LiveModal | AskModal | HelpModal | ReadModal,
  room: Room,
): Lines {
  switch (modal.kind) {
    case "form":
      return formLines(modal, room);
    case "ask":
      return [
        [],
        ...wrap(safeText(modal.question), room.width).map((line) => [span(line, "strong")]),
        ...wrap(safeText(modal.detail), room.width).map((line) => [span(line)]),
        [],
        [span("y", "accent"), span(` ${modal.yes}   `), span("n", "accent"), span(" stay")],
      ];
    case "help":
      return helpLines(modal, room);
    case "read":
      return readLines(modal, room);
    case "live":
      return liveLines(modal, room);
  }
}

function formLines(modal: FormModal, { state, width, rows }: Room): Lines {
  const { title, intro, form, submit, purpose } = modal;
  const label = Math.max(...form.fields.map((each) => each.label.length)) + 3;
  const focus = form.fields[form.focus];
  const below: Lines = [
    ...wrap(safeText(focus?.help ?? ""), width).map((line) => [span(line, "faint")]),
    ...(focus?.error === undefined ? [] : [[span(`✖ ${safeText(focus.error)}`, "bad")]]),
    ...problemLines(modal, width),
    ...(purpose.kind === "schedule" ? outlookLines(form, { state, width }) : []),
    ...(purpose.kind === "policy" ? policyLines(state, { form, width }) : []),
    modal.job !== undefined ? [span("◐ ", "accent"), span("at work …")] : [
      ...[span("⏎", "accent"), span(` ${submit}   `), span("esc", "accent"), span(" cancel")],
      ...(focus?.kind === "choice" ? [span("   ← →", "accent"), span(" other choices")] : []),
    ],
  ];
  const blank: Lines = form.fields.length + below.length + 3 <= rows ? [[]] : [];
  const page = Math.max(1, rows - 1 - below.length - 2 * blank.length);
  const top = topRow(form.focus, { length: form.fields.length, page });
  return [
    [span(title, "strong"), span(`   ${intro}`, "faint")],
    ...blank,
    ...form.fields.slice(top, top + page).map((each, at) => [
      span(top + at === form.focus ? "› " : "  ", "accent"),
      span(left(each.label, label), top + at === form.focus ? "strong" : "faint"),
      ...valueSpans(each, { width: width - label - 4, active: top + at === form.focus }),
    ]),
    ...blank,
    ...below,
  ];
}

/** Why its values could not be used. */
function problemLines({ problem }: FormModal, width: number): Lines {
  if (problem === undefined) return [];
  const { message, hint } = problem;
  const text = hint === undefined ? message : `${message}. ${hint}`;
  return wrap(safeText(text), width - 2).map((line) => [span(`✖ ${line}`, "bad")]);
}

/** What the policy in the form would lead to, or what is wrong with it. */
function policyLines(
  state: State,
  { form, width }: { readonly form: FormModal["form"]; readonly width: number },
): Lines {
  const problem = policyProblem(form);
  if (problem === undefined) return forecastLines(state, width);
  return wrap(safeText(problem.message), width - 2).map((line) => [span(`✖ ${line}`, "bad")]);
}

function valueSpans(
  field: FormField,
  { width, active }: { readonly width: number; readonly active: boolean },
): readonly Span[] {
  if (field.kind !== "choice") {
    const secret = field.kind === "secret";
    return [span("  "), ...fieldSpans(field.field, { width: width - 2, active, secret })];
  }
  return active
    ? [span("‹ ", "accent"), span(field.value, "selected"), span(" ›", "accent")]
    : [span(`  ${field.value}`)];
}

/** Every key that works below the help, with why one is disabled. */
function helpLines({ top, under }: HelpModal, { state, rows, width }: Room): Lines {
  const below: State = { ...state, modal: under };
  const lines = bindingsIn(contextOf(below), below).flatMap(({ keys, help, unless }): Lines => {
    const reason = unless?.(below);
    const names = left(keys.map(keySign).join(" "), 16);
    const about = wrap(help, width - 16).map((text, at) => [
      span(at === 0 ? names : " ".repeat(16), reason === undefined ? "accent" : "faint"),
      span(text),
    ]);
    if (reason === undefined) return about;
    return [
      ...about,
      ...wrap(`not now: ${reason}`, width - 18).map((text) => [
        span(" ".repeat(18)),
        span(text, "faint"),
      ]),
    ];
  });
  const start = Math.max(0, Math.min(top, lines.length - rows + 2));
  return [
    [span("Keys", "strong"), span(lines.length > rows - 2 ? "   ↑ ↓ for more" : "", "faint")],
    [],
    ...lines.slice(start, start + rows - 2),
  ];
}

function readLines({ title, lines, top }: ReadModal, { rows, width }: Room): Lines {
  const wrapped = lines.flatMap((line) => wrapIndented(safeText(line), width));
  const start = Math.max(0, Math.min(top, wrapped.length - rows + 2));
  return [
    [span(title, "strong"), span(wrapped.length > rows - 2 ? "   ↑ ↓ for more" : "", "faint")],
    [],
    ...wrapped.slice(start, start + rows - 2).map((line) => [span(line)]),
  ];
}

/** Sentences are wrapped; lines with columns are cut, so that the columns stay. */
function wrapIndented(line: string, width: number): readonly string[] {
  return / {2}/.test(line.trim()) ? [cut(line, width)] : wrap(line, width);
}
