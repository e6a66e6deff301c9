/**
 * Bringing single rows back.
 *
 * @module
 */

import type { ReactElement } from "react";
import { Line, type Span, span } from "../parts/line.tsx";
import { jobWords } from "../parts/progress.ts";
import type { RescueModal } from "../state/modal.ts";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { count, counted } from "../text/count.ts";
import { left } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";

interface Room {
  readonly state: State;
  readonly modal: RescueModal;
  readonly rows: number;
}

/** Draws it. */
export function Rescue(room: Room): ReactElement[] {
  const { state, modal } = room;
  const width = state.size.columns;
  const head = [span("Rescue rows", "strong"), span(`   from ${modal.title}`, "faint")];
  const body = modal.table === undefined ? tableLines(room) : rowLines(room, modal.table);
  return [head, ...body].map((spans, at) => (
    <Line key={at} spans={[span("  "), ...spans]} width={width} />
  ));
}

function tableLines({ modal, rows, state }: Room): (readonly Span[])[] {
  const page = Math.max(1, rows - 3);
  const top = topRow(modal.row, { length: modal.tables.length, page });
  return [
    [span("Which table?")],
    [],
    ...modal.tables.slice(top, top + page).map((table, at) =>
      rowSpans(table, { under: top + at === modal.row, mark: "  ", width: state.size.columns - 8 })
    ),
  ];
}

function rowLines({ modal, rows, state }: Room, table: string): (readonly Span[])[] {
  const { missing, marked, row } = modal;
  const name = safeText(table);
  if (missing === undefined) {
    const job = state.jobs.find(({ id }) => id === modal.job);
    return [[span(`Looking for rows of ${name}: ${job === undefined ? "" : jobWords(job)}`)]];
  }
  if (missing.total === 0) return [[span(`The live database has every row of ${name}.`)]];
  const page = Math.max(1, rows - 4);
  const top = topRow(row, { length: missing.rows.length, page });
  const hidden = missing.total - missing.rows.length;
  const chosen = marked.length === 0
    ? `⏎ brings all ${count(missing.total)} back`
    : `⏎ brings ${counted(marked.length, "marked row")} back`;
  return [
    [
      span(`${counted(missing.total, "row")} of ${name}`),
      span(" that the backup has and the live database lacks", "faint"),
    ],
    [
      span(chosen, "faint"),
      span(hidden > 0 ? `   the first ${missing.rows.length} are shown` : ""),
    ],
    [],
    ...missing.rows.slice(top, top + page).map(({ id, text }, at) =>
      rowSpans(text, {
        under: top + at === row,
        mark: marked.includes(id) ? "✚ " : "  ",
        width: state.size.columns - 8,
      })
    ),
  ];
}

function rowSpans(
  text: string,
  { under, mark, width }: {
    readonly under: boolean;
    readonly mark: string;
    readonly width: number;
  },
): readonly Span[] {
  return [
    span(`${under ? "›" : " "}${mark}`, "accent"),
    span(left(safeText(text), width), under ? "selected" : undefined),
  ];
}
