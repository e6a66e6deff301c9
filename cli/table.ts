/**
 * Columns of text, aligned by what a terminal shows; in a narrow window some are dropped,
 * and what is still too wide goes on below, at whole words.
 *
 * @module
 */

import type { Screen } from "./screen.ts";
import { wrapWords } from "./wrap_words.ts";

/** One column. */
export interface Column<Row> {
  readonly title: string;
  /** The text of a cell, already escaped. */
  readonly cell: (row: Row) => string;
  readonly align?: "left" | "right" | undefined;
  /** In a narrow window the columns with the lowest number come first; 0 always stays. */
  readonly drop?: number | undefined;
}

/** What {@linkcode table} is given. */
export interface TableOptions {
  /** Columns of the window; without it nothing is dropped and no cell is broken. */
  readonly columns?: number | undefined;
}

/** Spaces between two columns. */
const GAP = 2;
/** What goes on below its line begins here. */
const INDENT = 2;
/** Sentences in a narrower space are hard to read: they begin below. */
const LEAST = 24;

/** A table on a terminal fits into its window; elsewhere every row is one line. */
export function fitting({ out, columns }: Screen): TableOptions {
  return out.isTerminal ? { columns: columns() } : {};
}

/** The table as lines, with its titles, without spaces at line ends. */
export async function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions = {},
): Promise<string> {
  return (await tableRows(rows, columns, options)).join("\n");
}

/** The same row by row, the titles first: a row of a narrow window may have several lines. */
export async function tableRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { columns: room = Infinity }: TableOptions = {},
): Promise<readonly string[]> {
  const cells = columns.map((column) => [column.title, ...rows.map(column.cell)]);
  const width = await widthOf(cells);
  const widths = cells.map((column) => Math.max(...column.map(width)));
  const shown = columnsThatFit(columns, widths, room);
  const places = placesOf(
    shown.map((index) => ({ width: widths[index] ?? 0, align: columns[index]?.align })),
    room,
  );
  return Array.from(
    { length: rows.length + 1 },
    (_, row) => rowText(shown.map((index) => cells[index]?.[row] ?? ""), { places, room, width }),
  );
}

/** Where a column is drawn. */
interface CellPlace {
  readonly begin: number;
  readonly width: number;
  readonly isRight: boolean;
  /** On a line of its own, below those before. */
  readonly below: boolean;
}

/** Side by side as long as they fit; the last may be broken, so it needs less. */
function placesOf(
  columns: readonly { readonly width: number; readonly align: Column<unknown>["align"] }[],
  room: number,
): readonly CellPlace[] {
  let end = -GAP;
  return columns.map(({ width, align }, at) => {
    const needed = at === columns.length - 1 ? Math.min(width, LEAST) : width;
    const below = at > 0 && end + GAP + needed > room;
    const begin = below ? INDENT : end + GAP;
    end = begin + width;
    return { begin, width, below, isRight: align === "right" };
  });
}

function rowText(
  cells: readonly string[],
  { places, room, width }: {
    readonly places: readonly CellPlace[];
    readonly room: number;
    readonly width: (text: string) => number;
  },
): string {
  let text = "";
  let end = 0;
  for (const [at, cell] of cells.entries()) {
    const place = places[at];
    const isLast = at > 0 && at === cells.length - 1;
    if (place === undefined || isLast && cell === "") continue;
    const { begin, isRight } = place;
    const [first = "", ...more] = isLast ? wrapWords(cell, { room: room - begin, width }) : [cell];
    if (place.below) end = 0;
    const used = width(first);
    const lead = isRight ? begin + place.width - used : begin;
    text += `${place.below ? "\n" : ""}${" ".repeat(Math.max(0, lead - end))}${first}`;
    end = lead + used;
    text += more.map((part) => `\n${" ".repeat(begin)}${part}`).join("");
  }
  return text.replace(/ +$/gm, "");
}

/** The columns that fit, in their order. */
function columnsThatFit<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  room: number,
): number[] {
  const byRank = columns.map(({ drop = 0 }, index) => ({ drop, index }))
    .sort((a, b) => a.drop - b.drop);
  const shown: number[] = [];
  // The space between two columns is not needed behind the last.
  let left = room + GAP;
  for (const { drop, index } of byRank) {
    const needed = (widths[index] ?? 0) + GAP;
    // A narrow one may fit where a wide one did not.
    if (drop > 0 && needed > left) continue;
    shown.push(index);
    left -= needed;
  }
  return shown.sort((a, b) => a - b);
}

/** Plain letters have their own number; only others cost the import that knows them. */
async function widthOf(cells: readonly (readonly string[])[]): Promise<(text: string) => number> {
  const plain = cells.every((column) => column.every((text) => /^[\x20-\x7e]*$/.test(text)));
  if (plain) return (text) => text.length;
  const { default: stringWidth } = await import("string-width");
  return stringWidth;
}
