/**
 * Columns of a table that drop out, the least important first, where a window is narrow.
 *
 * @module
 */

import { left, right } from "../text/fit.ts";
import type { Tone } from "../theme.ts";
import type { Span } from "./line.tsx";

/** One column of a table of `R`. */
export interface Column<R> {
  readonly title: string;
  /** Columns of the terminal. */
  readonly width: number;
  /** It takes what is left over. */
  readonly grows?: boolean;
  readonly align?: "left" | "right";
  /** The higher, the sooner it drops out; 0 stays. */
  readonly rank: number;
  readonly text: (row: R) => string;
  readonly tone?: (row: R) => Tone | undefined;
}

const GAP = 2;

/** The columns that fit, one of them widened to fill the line. */
export function fitColumns<R>(
  columns: readonly Column<R>[],
  width: number,
): readonly Column<R>[] {
  let kept = columns;
  while (totalOf(kept) > width && kept.some(({ rank }) => rank > 0)) {
    const worst = Math.max(...kept.map(({ rank }) => rank));
    kept = kept.filter(({ rank }) => rank !== worst);
  }
  const rest = width - totalOf(kept);
  return kept.map((column) => column.grows ? { ...column, width: column.width + rest } : column);
}

function totalOf(columns: readonly Column<never>[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP * Math.max(0, columns.length - 1));
}

/** The titles as pieces of a line. */
export function titleSpans<R>(columns: readonly Column<R>[]): readonly Span[] {
  return joined(columns.map((column) => ({ text: fitted(column, column.title), tone: "faint" })));
}

/** A row as pieces of a line. */
export function rowSpans<R>(columns: readonly Column<R>[], row: R): readonly Span[] {
  return joined(
    columns.map((column) => ({
      text: fitted(column, column.text(row)),
      tone: column.tone?.(row),
    })),
  );
}

function fitted<R>({ align, width }: Column<R>, text: string): string {
  return align === "right" ? right(text, width) : left(text, width);
}

function joined(cells: readonly Span[]): readonly Span[] {
  return cells.flatMap((cell, at) => at === 0 ? [cell] : [{ text: " ".repeat(GAP) }, cell]);
}
