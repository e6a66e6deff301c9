/**
 * The targets: their state, the copies there, their room.
 *
 * @module
 */

import type { ReactElement } from "react";
import { formatByteSize } from "../../mod.ts";
import { type Column, fitColumns, rowSpans, titleSpans } from "../parts/columns.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { bar } from "../parts/progress.ts";
import { targetState } from "../parts/target_state.ts";
import { topRow } from "../state/page_size.ts";
import type { QuotaState, State } from "../state/state.ts";
import type { TargetLine } from "../target_actions.ts";
import { wrap } from "../text/fit.ts";
import { moment } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";

/** Draws them. */
export function Targets(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const width = state.size.columns;
  const all = state.loaded?.targets ?? [];
  const lines = all.length === 0 ? emptyLines(width - 4) : listLines(state, rows);
  return lines.map((spans, at) => (
    <Line
      key={at}
      spans={spans}
      width={width}
      selected={all.length > 0 && spans[0]?.text === "  › "}
    />
  ));
}

function emptyLines(width: number): readonly (readonly Span[])[] {
  const text = "There is no target yet. A target is a place beyond this machine or disk that " +
    "holds copies of your backups: a folder on a USB stick, Google Drive, S3, a server.";
  return [
    [],
    ...wrap(text, width).map((line) => [span(`  ${line}`)]),
    [],
    [span("  press "), span("n", "accent"), span(" to add one")],
  ];
}

function listLines(state: State, rows: number): readonly (readonly Span[])[] {
  const all = state.loaded?.targets ?? [];
  const columns = fitColumns(columnsOf(state), state.size.columns - 6);
  const about = aboutLines(all[state.targetRow], state);
  const page = Math.max(1, rows - 2 - about.length);
  const top = topRow(state.targetRow, { length: all.length, page });
  return [
    [span("    "), ...titleSpans(columns)],
    ...all.slice(top, top + page).map((target, at) => [
      span(top + at === state.targetRow ? "  › " : "    ", "accent"),
      ...rowSpans(columns, target),
    ]),
    [],
    ...about,
  ];
}

function columnsOf(state: State): readonly Column<TargetLine>[] {
  return [
    { title: "Target", width: 12, grows: true, rank: 0, text: ({ name }) => safeText(name) },
    { title: "Kind", width: 12, rank: 3, text: ({ kind }) => safeText(kind) },
    {
      title: "State",
      width: 10,
      rank: 0,
      text: (target) => targetState(target).words,
      tone: (target) => targetState(target).tone,
    },
    {
      title: "Copies",
      width: 6,
      align: "right",
      rank: 0,
      text: ({ copies }) => String(copies),
    },
    {
      title: "Newest",
      width: 16,
      rank: 2,
      text: ({ newest }) => newest === null ? "–" : moment(newest, state),
    },
    {
      title: "Room",
      width: 22,
      rank: 1,
      text: ({ name }) => roomWords(state.quotas[name]),
    },
  ];
}

/** How full it is, as a bar where the place tells enough. */
export function roomWords(quota: QuotaState): string {
  if (quota === "asking") return "asking …";
  if (quota === undefined) return "–";
  if ("code" in quota) return "✖ not reached";
  const { total, used, free } = quota;
  const taken = used ?? (total !== undefined && free !== undefined ? total - free : undefined);
  if (total !== undefined && total > 0 && taken !== undefined) {
    const share = taken / total;
    return `${bar(share, 8)} ${formatByteSize(Math.max(0, total - taken))} free`;
  }
  return free === undefined ? "–" : `${formatByteSize(free)} free`;
}

/** More of the target under the cursor, and what to do. */
function aboutLines(target: TargetLine | undefined, state: State): readonly (readonly Span[])[] {
  if (target === undefined) return [];
  const width = state.size.columns - 4;
  const { name, codecs, required, enabled, bad } = target;
  const quota = state.quotas[name];
  const problem = typeof quota === "object" && "code" in quota ? quota : undefined;
  const facts = [
    codecs.length === 0 ? "plain copies" : `copies by ${codecs.join(", ")}`,
    required ? "a backup whose copy does not arrive there counts as failed" : "",
    bad === 1 ? "a copy is missing or bad there: s sends it again" : "",
    bad > 1 ? `${bad} copies are missing or bad there: s sends them again` : "",
    enabled ? "" : "switched off: x switches it on",
  ].filter((text) => text !== "").join("; ");
  const hint = problem?.hint === undefined ? "" : ` ${problem.hint}`;
  const lines = problem === undefined ? [] : wrap(safeText(`${problem.message}.${hint}`), width);
  return [
    ...wrap(safeText(facts), width).map((line) => [span(`  ${line}`, "faint")]),
    ...lines.slice(0, 3).map((line) => [span(`  ${line}`, "bad")]),
  ];
}
