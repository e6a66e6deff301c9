/**
 * What a schedule in the form comes to: in words, and its next runs.
 *
 * @module
 */

import { type Span, span } from "../parts/line.tsx";
import type { Form } from "../state/form.ts";
import { scheduleOutlook } from "../state/schedule_form.ts";
import type { State } from "../state/state.ts";
import { wrap } from "../text/fit.ts";
import { ago, moment } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";

/** The lines; a small window gets fewer runs. */
export function outlookLines(
  form: Form,
  { state, width }: { readonly state: State; readonly width: number },
): readonly (readonly Span[])[] {
  const outlook = scheduleOutlook(form, state);
  if ("problem" in outlook) {
    const { message, hint } = outlook.problem;
    const text = hint === undefined ? message : `${message}. ${hint}`;
    return wrap(safeText(text), width - 2).map((line) => [span(`✖ ${line}`, "bad")]);
  }
  const { words, runs } = outlook;
  if (runs.length === 0) return [[span("off: backups are taken only when you say so")]];
  const shown = state.size.rows < 20 ? runs.slice(0, 2) : runs;
  return [
    [span(words, "strong")],
    ...shown.map((run, at) => [
      span(at === 0 ? "next  " : "      ", "faint"),
      span(`${moment(run.toString(), state)}, ${ago(run.toString(), state.now)}`),
    ]),
  ];
}
