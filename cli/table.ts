/**
 * Columns of text, aligned by what a terminal shows, dropped where the window is narrow.
 *
 * @module
 */

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
  /** Columns of the window; without it nothing is dropped. */
  readonly columns?: number | undefined;
}

/** The table as lines, with its titles, without spaces at line ends. */
export async function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions = {},
): Promise<string> {
  const cells = columns.map((column) => [column.title, ...rows.map(column.cell)]);
  const width = await widthOf(cells);
  const widths = cells.map((column) => Math.max(...column.map(width)));
  const shown = fitting(columns, widths, options.columns ?? Infinity);
  const lines = Array.from({ length: rows.length + 1 }, (_, row) =>
    shown.map((index) => {
      const text = cells[index]?.[row] ?? "";
      const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - width(text)));
      return columns[index]?.align === "right" ? space + text : text + space;
    }).join("  ").trimEnd());
  return lines.join("\n");
}

/** The columns that fit, in their order. */
function fitting<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  room: number,
): number[] {
  const byRank = columns.map(({ drop = 0 }, index) => ({ drop, index }))
    .sort((a, b) => a.drop - b.drop);
  const shown: number[] = [];
  // The space between two columns is not needed behind the last.
  let left = room + 2;
  for (const { drop, index } of byRank) {
    const needed = (widths[index] ?? 0) + 2;
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
