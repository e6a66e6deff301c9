/**
 * Work that talks, as lines.
 *
 * @module
 */

import { fieldSpans } from "../parts/field_spans.ts";
import { type Span, span } from "../parts/line.tsx";
import { jobWords } from "../parts/progress.ts";
import { isRunning } from "../state/job.ts";
import type { LiveModal } from "../state/modal.ts";
import type { State } from "../state/state.ts";
import { safeText } from "../text/safe_text.ts";

/** The lines. */
export function liveLines(
  { title, lines, top, question, job: id }: LiveModal,
  { state, rows, width }: { readonly state: State; readonly rows: number; readonly width: number },
): readonly (readonly Span[])[] {
  const job = state.jobs.find((each) => each.id === id);
  const running = job !== undefined && isRunning(job);
  const asks = question === undefined ? [] : [
    span(`${safeText(question.text)}: `, "strong"),
    ...fieldSpans(question.field, {
      width: Math.max(10, width - question.text.length - 2),
      active: true,
      secret: question.secret,
    }),
  ];
  const foot = question !== undefined
    ? asks
    : running
    ? [span("◐ ", "accent"), span(jobWords(job)), span("   esc stops it", "faint")]
    : [];
  const page = Math.max(1, rows - 3);
  const shown = lines.slice(top, top + page);
  return [
    [span(title, "strong"), span(lines.length > page ? "   ↑ ↓ for more" : "", "faint")],
    [],
    ...shown.map((line) => [span(safeText(line))]),
    foot,
  ];
}
