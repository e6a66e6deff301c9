/**
 * What is kept, what goes, why, and what that leads to.
 *
 * @module
 */

import type { ReactElement } from "react";
import { formatByteSize } from "../../mod.ts";
import { type Column, fitColumns, rowSpans, titleSpans } from "../parts/columns.ts";
import { forecastLines } from "../parts/forecast_lines.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { topRow } from "../state/page_size.ts";
import { type PlannedRow, plannedRows } from "../state/planned_rows.ts";
import type { State } from "../state/state.ts";
import { count, counted } from "../text/count.ts";
import { wrap } from "../text/fit.ts";
import { moment } from "../text/moment.ts";
import { policyWords } from "../text/policy_words.ts";
import { safeText } from "../text/safe_text.ts";

/** Draws it. */
export function Retention(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const width = state.size.columns;
  const above = [...policyLines(state), ...forecastLines(state, width - 4), []];
  return [
    ...above.map((spans, at) => (
      <Line key={`above ${at}`} spans={[span("  "), ...spans]} width={width} />
    )),
    ...planLines(state, rows - above.length),
  ];
}

function policyLines({ loaded, size }: State): (readonly Span[])[] {
  if (loaded === undefined) return [[span("reading …", "faint")]];
  const words = wrap(safeText(policyWords(loaded.policy)), size.columns - 16);
  const { plan } = loaded;
  return [
    ...words.map((
      line,
      at,
    ) => [span(at === 0 ? "Policy      " : "            ", "faint"), span(line)]),
    ...(plan === undefined ? [] : [[
      span("Now         ", "faint"),
      span(`keeps ${count(plan.keep.length)}`),
      span(
        plan.delete.length === 0
          ? ", lets none go"
          : `, lets ${count(plan.delete.length)} go (${formatByteSize(plan.freedBytes)})`,
      ),
    ]]),
    ...(plan?.suspended === undefined
      ? []
      : [[span(`⚠ Nothing is deleted: the last backup failed (${plan.suspended})`, "warn")]]),
    ...(plan?.massDelete
      ? [[span(`⚠ More than half of ${counted(plan.goodBefore, "good backup")} would go`, "warn")]]
      : []),
  ];
}

function columnsFor(state: State): readonly Column<PlannedRow>[] {
  return [
    {
      title: "Date",
      width: 16,
      rank: 0,
      text: ({ backup }) => moment(backup.createdAt, state),
    },
    {
      title: "",
      width: 6,
      rank: 0,
      text: ({ keeps }) => keeps ? "✔ kept" : "✖ goes",
      tone: ({ keeps }) => keeps ? "good" : "warn",
    },
    { title: "Reason", width: 13, rank: 2, text: ({ backup }) => backup.reason },
    { title: "Why", width: 28, grows: true, rank: 0, text: ({ why }) => safeText(why) },
    {
      title: "Until",
      width: 10,
      rank: 1,
      text: ({ until }) => until === undefined ? "" : moment(until, state).slice(0, 10),
    },
  ];
}

function planLines(state: State, rows: number): ReactElement[] {
  const width = state.size.columns;
  const planned = plannedRows(state);
  if (planned.length === 0) {
    return [<Line key="none" spans={[span("  There is no backup yet.")]} width={width} />];
  }
  const columns = fitColumns(columnsFor(state), width - 6);
  const page = Math.max(1, rows - 1);
  const top = topRow(state.planRow, { length: planned.length, page });
  return [
    <Line key="titles" spans={[span("    "), ...titleSpans(columns)]} width={width} />,
    ...planned.slice(top, top + page).map((row, at) => {
      const under = top + at === state.planRow;
      const spans = [span(under ? "  › " : "    ", "accent"), ...rowSpans(columns, row)];
      return <Line key={row.id} spans={spans} width={width} selected={under} />;
    }),
  ];
}
