/**
 * What a restore would change, table by table.
 *
 * @module
 */

import type { RestorePreview, TableChange } from "../../mod.ts";
import { change, count, counted } from "../text/count.ts";
import { left, widthOf } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";
import { type Span, span } from "./line.tsx";

/** The lines, those tables first that differ; what has no room is counted. */
export function changeLines(
  { tables, doubts, live }: RestorePreview,
  { rows, width }: { readonly rows: number; readonly width: number },
): readonly (readonly Span[])[] {
  const differ = tables.filter((table) => table.live !== table.backup);
  const warned = doubts.map((doubt) => [span(`⚠ ${safeText(doubt)}`, "warn")]);
  const room = Math.max(0, rows - warned.length - 2);
  const all = differ.length <= room ? differ : differ.slice(0, Math.max(0, room - 1));
  const names = Math.min(
    Math.max(8, width - 34),
    Math.max(8, ...all.map(({ table }) => widthOf(safeText(table)))),
  );
  const hidden = differ.length - all.length;
  return [
    ...warned,
    [span("What changes", "strong"), span("   rows now → then", "faint"), ...stateWords(live)],
    ...all.map((table) => tableLine(table, names)),
    ...(hidden > 0 ? [[span(`… and ${counted(hidden, "more table")}`, "faint")]] : []),
    sameLine(tables.length - differ.length, differ.length),
  ];
}

function stateWords(live: RestorePreview["live"]): readonly Span[] {
  if (live === "missing") return [span("   there is no database now", "warn")];
  return live === "unusable" ? [span("   the present database cannot be read", "warn")] : [];
}

function tableLine({ table, live, backup }: TableChange, names: number): readonly Span[] {
  const numbers = `${shown(live)} → ${shown(backup)}`;
  const difference = live === null
    ? "comes back"
    : backup === null
    ? "goes"
    : change(backup - live);
  return [
    span(`  ${left(safeText(table), names)}  `),
    span(left(numbers, 20), "faint"),
    span(` ${difference}`, "strong"),
  ];
}

function shown(rows: number | null): string {
  return rows === null ? "none" : count(rows);
}

function sameLine(same: number, differ: number): readonly Span[] {
  if (same === 0 && differ === 0) return [span("  There is no table on either side", "faint")];
  if (same === 0) return [];
  const others = differ === 0 ? "All" : "The other";
  const words = same === 1 ? "table keeps its number of rows" : "tables keep their number of rows";
  return [span(`  ${others} ${count(same)} ${words}`, "faint")];
}
