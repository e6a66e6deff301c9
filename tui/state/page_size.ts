/**
 * How many rows of a list fit.
 *
 * @module
 */

import type { Size } from "./state.ts";

/** Rows that every screen needs beside its body: header, two rules, footer. */
export const FRAME_ROWS = 4;

/** Rows of the window's body. */
export function bodyRows({ rows }: Size): number {
  return Math.max(1, rows - FRAME_ROWS);
}

/** Rows that a page key moves by: a page less one, so that a row stays in sight. */
export function pageStep(size: Size): number {
  return Math.max(1, bodyRows(size) - 4);
}

/** The first row to draw, so that `row` is in sight and the page is full. */
export function topRow(row: number, { length, page }: {
  readonly length: number;
  readonly page: number;
}): number {
  const centred = row - Math.floor(page / 2);
  return Math.max(0, Math.min(centred, length - page));
}

/** Rows of the list in the restore modal: half of what its words leave. */
export function restorePage(size: Size): number {
  return Math.max(2, Math.floor((bodyRows(size) - 8) / 2) + 1);
}
