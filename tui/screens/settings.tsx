/**
 * Every setting with its value, where it comes from, and its help.
 *
 * @module
 */

import type { ReactElement } from "react";
import type { HeldSetting } from "../actions.ts";
import { type Column, fitColumns, rowSpans } from "../parts/columns.ts";
import { Line, span } from "../parts/line.tsx";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { wrap } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";

const columns: readonly Column<HeldSetting>[] = [
  { title: "Setting", width: 24, grows: true, rank: 0, text: ({ key }) => safeText(key) },
  { title: "Value", width: 24, rank: 0, text: ({ value }) => value === "" ? "–" : safeText(value) },
  { title: "From", width: 11, rank: 1, text: ({ origin }) => origin },
];

/** Draws it. */
export function Settings(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const width = state.size.columns;
  const all = state.loaded?.settings ?? [];
  const help = wrap(safeText(all[state.settingRow]?.help ?? ""), width - 4).slice(0, 3);
  const page = Math.max(1, rows - help.length - 1);
  const top = topRow(state.settingRow, { length: all.length, page });
  const fitted = fitColumns(columns, width - 6);
  return [
    ...all.slice(top, top + page).map((setting, at) => {
      const under = top + at === state.settingRow;
      const spans = [span(under ? "  › " : "    ", "accent"), ...rowSpans(fitted, setting)];
      return <Line key={setting.key} spans={spans} width={width} selected={under} />;
    }),
    <Line key="blank" spans={[]} width={width} />,
    ...help.map((line, at) => (
      <Line key={`help ${at}`} spans={[span(`  ${line}`, "faint")]} width={width} />
    )),
  ];
}
