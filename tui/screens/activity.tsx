/**
 * Running and finished work.
 *
 * @module
 */

import type { ReactElement } from "react";
import { activitySpans } from "../parts/activity_spans.ts";
import { Line, span } from "../parts/line.tsx";
import { activityRows } from "../state/activity_rows.ts";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";

/** Draws it. */
export function Activity(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const { size, activityRow } = state;
  const width = size.columns;
  const all = activityRows(state);
  if (all.length === 0) {
    return [<Line key="none" spans={[span("  Nothing was done here yet.")]} width={width} />];
  }
  const page = Math.max(1, rows - 1);
  const top = topRow(activityRow, { length: all.length, page });
  return all.slice(top, top + page).map((row, at) => {
    const under = top + at === activityRow;
    const spans = [
      span(under ? " › " : "   ", "accent"),
      ...activitySpans(row, { state, width: width - 4 }),
    ];
    const key = row.kind === "job" ? row.job.id : row.run.id;
    return <Line key={key} spans={spans} width={width} selected={under} />;
  });
}
