/**
 * The order of values as SQLite has it under the collation BINARY.
 *
 * @module
 * @see https://www.sqlite.org/datatype3.html#sort_order
 */

import { Buffer } from "node:buffer";
import type { Cell, Row } from "./row_reader.ts";

/** NULL, then numbers, then text, then blobs. */
const ranks: Readonly<Record<string, number>> = { n: 0, i: 1, r: 1, t: 2, b: 3 };

/** Compares the first `count` values of two rows: below 0, 0, above 0. */
export function compareKeys(a: Row, b: Row, count: number): number {
  for (let at = 0; at < count; at++) {
    const rank = (ranks[a.types[at] ?? ""] ?? 0) - (ranks[b.types[at] ?? ""] ?? 0);
    const order = rank === 0 ? compareCells(a.cells[at] ?? null, b.cells[at] ?? null) : rank;
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether all values are the same, with their types. */
export function sameRow(a: Row, b: Row): boolean {
  if (a.types !== b.types) return false;
  return a.cells.every((cell, at) => compareCells(cell, b.cells[at] ?? null) === 0);
}

/** Two values of the same rank. A bigint and a number compare exactly. */
function compareCells(a: Cell, b: Cell): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (a === null || b === null || a instanceof Uint8Array || b instanceof Uint8Array) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}
