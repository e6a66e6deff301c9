/**
 * The restore modal while it works and when it has ended.
 *
 * @module
 */

import { amount, bar, stepWords } from "../parts/progress.ts";
import { type Span, span } from "../parts/line.tsx";
import type { Job, Step } from "../state/job.ts";
import type { RestoreModal } from "../state/modal.ts";
import type { State } from "../state/state.ts";
import { left, wrap } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";

type Lines = readonly (readonly Span[])[];

/** The lines. */
export function restoreSteps(state: State, modal: RestoreModal): Lines {
  const job = state.jobs.find(({ id }) => id === modal.job);
  if (job === undefined) return [];
  const width = state.size.columns - 4;
  const what = modal.undoing ? "Bring back the state before" : `Restore ${safeText(modal.title)}`;
  const working = modal.step === "running";
  return [
    [span(what, "strong")],
    [],
    ...job.steps.map((step, at) =>
      stepLine(step, { last: working && at === job.steps.length - 1 })
    ),
    ...(working && job.steps.length === 0 ? [[span("◐ ", "accent"), span("starting")]] : []),
    [],
    ...(working ? wayOut(job, width) : endLines(modal, job, width)),
  ];
}

function stepLine(step: Step, { last }: { readonly last: boolean }): readonly Span[] {
  const { done, total } = step;
  const complete = !last || done === total;
  const sign = complete ? span("✔ ", "good") : span("◐ ", "accent");
  const words = span(left(stepWords(step), 26));
  if (complete || total === undefined || total <= 1) {
    const whole = total !== undefined && total > 1 ? amount({ ...step, done: total }) : "";
    return [sign, words, span(whole.replace(/^.* of /, ""), "faint")];
  }
  return [sign, words, span(bar(done / total, 18), "accent"), span(`  ${amount(step)}`)];
}

/** Where the point of no return is. */
function wayOut({ pastReturn, outcome }: Job, width: number): Lines {
  const text = outcome === "stopping"
    ? "Stopping. Nothing was changed."
    : pastReturn
    ? "The database is restored and is being looked at once more. Undo brings the state before back."
    : "Until “restore” ends nothing has changed: esc stops and leaves all as it was.";
  return wrap(text, width).map((line) => [span(line, "faint")]);
}

function endLines({ step, result }: RestoreModal, job: Job, width: number): Lines {
  if (step === "failed") {
    const { message = "It failed", hint } = job.problem ?? {};
    return [
      ...wrap(safeText(message), width - 2).map((line) => [span(`✖ ${line}`, "bad")]),
      ...wrap(safeText(hint ?? ""), width - 2).map((line) => [span(`  ${line}`)]),
    ];
  }
  return [
    [span(`✔ ${safeText(result?.summary ?? "Done")}`, "good")],
    ...(result?.requiresRestart
      ? [[span("⚠ Programs that have the database open must start again.", "warn")]]
      : []),
    ...job.warnings.map(({ message }) => [span(`⚠ ${safeText(message)}`, "warn")]),
    [],
    [
      ...(result?.undoable ? [span("u", "accent"), span(" undo   ")] : []),
      span("⏎", "accent"),
      span(" done"),
    ],
  ];
}
