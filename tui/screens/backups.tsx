/**
 * The list of backups, with the details of one.
 *
 * @module
 */

import { Box } from "ink";
import type { ReactElement } from "react";
import type { KnownBackup } from "../known_backup.ts";
import { backupColumns } from "../parts/backup_columns.ts";
import { detailLines } from "../text/backup_details.ts";
import { type Column, fitColumns, rowSpans, titleSpans } from "../parts/columns.ts";
import { fieldSpans } from "../parts/field_spans.ts";
import { EndsLine, Line, type Span, span } from "../parts/line.tsx";
import { cursorRow, shown } from "../state/backup_list.ts";
import { keptWords } from "../text/kept_words.ts";
import { listed } from "../state/listed.ts";
import { detailsPlace } from "../state/details_place.ts";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { count, counted } from "../text/count.ts";

const SIDE = 50;
const BELOW = 9;

/** Draws it. */
export function Backups(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement {
  const { size, list } = state;
  const place = state.showDetails ? detailsPlace(size) : "none";
  const visible = shown(listed(state), list, state);
  const current = visible[cursorRow(visible, list)];
  const width = place === "beside" ? size.columns - SIDE : size.columns;
  const listRows = place === "below" ? rows - BELOW : rows;
  return (
    <Box flexDirection={place === "beside" ? "row" : "column"}>
      <Box flexDirection="column" width={width} flexShrink={0}>
        <List state={state} visible={visible} rows={listRows} width={width} />
      </Box>
      {place !== "none" && current !== undefined && (
        <Box flexDirection="column" width={place === "beside" ? SIDE : width} flexShrink={0}>
          {[
            "",
            ...detailLines(current, state.zone, keptWords(state, current.id)),
          ].slice(0, place === "beside" ? rows : BELOW).map((text, at) => (
            <Line
              key={at}
              spans={[span("  "), ...detailSpans(text)]}
              width={place === "beside" ? SIDE : width}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}

function detailSpans(text: string): readonly Span[] {
  return [span(text.slice(0, 10), "faint"), span(text.slice(10))];
}

interface ListProps {
  readonly state: State;
  readonly visible: readonly KnownBackup[];
  readonly rows: number;
  readonly width: number;
}

function List({ state, visible, rows, width }: ListProps): ReactElement[] {
  const { list } = state;
  const page = Math.max(1, rows - 2);
  const row = cursorRow(visible, list);
  const top = topRow(row, { length: visible.length, page });
  const columns: readonly Column<KnownBackup>[] = fitColumns(backupColumns(state), width - 6);
  const lines = visible.slice(top, top + page).map((backup, at) => {
    const under = top + at === row;
    const mark = list.marked.includes(backup.id) ? "✚" : " ";
    const start = span(` ${under ? "›" : " "}${mark} `, "accent");
    const spans = [start, ...rowSpans(columns, backup)];
    return <Line key={backup.id} spans={spans} width={width} selected={under} />;
  });
  const empty = visible.length > 0 ? [] : [
    <Line key="empty" spans={[span(`    ${emptyWords(state)}`)]} width={width} />,
  ];
  return [
    <Line key="titles" spans={[span("    "), ...titleSpans(columns)]} width={width} />,
    ...lines,
    ...empty,
    <Status key="status" state={state} visible={visible.length} row={row} width={width} />,
  ];
}

function emptyWords({ loaded, list, showTrash }: State): string {
  if (loaded === undefined) return "reading …";
  if (showTrash && list.filter.text === "") return "The trash is empty";
  return loaded.backups.length === 0
    ? "There is no backup yet: b takes the first one"
    : "No backup contains that";
}

function Status({ state, visible, row, width }: {
  readonly state: State;
  readonly visible: number;
  readonly row: number;
  readonly width: number;
}): ReactElement {
  const { list } = state;
  const filter = list.typing || list.filter.text !== ""
    ? [
      span("/", "accent"),
      ...fieldSpans(list.filter, { width: Math.max(10, width - 50), active: list.typing }),
      span("  "),
    ]
    : [];
  const marked = list.marked.length === 0 ? [] : [span(`${counted(list.marked.length, "mark")}  `)];
  const order = `by ${list.sort} ${list.descending ? "↓" : "↑"}`;
  const at = visible === 0 ? "0" : `${count(row + 1)} of ${count(visible)}`;
  return (
    <EndsLine
      start={[span("    "), ...filter, ...marked]}
      end={[span(`${state.showTrash ? "trash   " : ""}${order}   ${at}  `, "faint")]}
      width={width}
    />
  );
}
