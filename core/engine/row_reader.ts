/**
 * Reads rows so that nothing is lost: text as its bytes (a NUL would cut it, and what
 * is no UTF-8 would be replaced), integers with all of their 64 bits.
 *
 * @module
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { quoteIdentifier } from "./read_facts.ts";

/** A value as SQLite stores it; text as bytes in the encoding of the database. */
export type Cell = null | bigint | number | Uint8Array;

/** One row: a letter for the type of each value (`n i r t b`), and the values. */
export interface Row {
  readonly types: string;
  readonly cells: readonly Cell[];
}

/** What a reader is to read. */
export interface RowQuery {
  readonly table: string;
  /** Columns, or an alias of the rowid. */
  readonly columns: readonly string[];
  /** What follows the table: `WHERE …`, `ORDER BY …`, `LIMIT …`. */
  readonly rest?: string | undefined;
}

/** The SELECT of a query. */
export function selectOf({ table, columns, rest = "" }: RowQuery): string {
  const names = columns.map(quoteIdentifier);
  const types = balanced(names.map((name) => `substr(typeof(${name}), 1, 1)`));
  const values = names.map((name) =>
    `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END`
  );
  return `SELECT ${[types, ...values].join(", ")} FROM ${quoteIdentifier(table)} ${rest}`;
}

/** `||` over all: as a balanced tree, because SQLite limits the depth of an expression. */
function balanced(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? "''";
  const half = parts.length >> 1;
  return `(${balanced(parts.slice(0, half))} || ${balanced(parts.slice(half))})`;
}

/** Prepares a statement whose rows {@linkcode rowsOf} and {@linkcode rowOf} read. */
export function prepareRows(database: DatabaseSync, query: RowQuery): StatementSync {
  const statement = database.prepare(selectOf(query));
  statement.setReadBigInts(true);
  if (!givesArrays(statement)) throw new TypeError("This Deno gives no rows as arrays");
  statement.setReturnArrays(true);
  return statement;
}

/** The types of `node:sqlite` do not say so yet. */
function givesArrays(
  statement: StatementSync,
): statement is StatementSync & { setReturnArrays(enabled: boolean): void } {
  return "setReturnArrays" in statement;
}

/** The rows, one after another. */
export function* rowsOf(
  statement: StatementSync,
  values: readonly SQLInputValue[] = [],
): Generator<Row, void, void> {
  for (const row of statement.iterate(...values)) yield asRow(row);
}

/** The first row. */
export function firstRow(
  statement: StatementSync,
  values: readonly SQLInputValue[],
): Row | undefined {
  const row = statement.get(...values);
  return row === undefined ? undefined : asRow(row);
}

/** With `setReturnArrays` a row is an array, which the types of `node:sqlite` do not say. */
function asRow(row: unknown): Row {
  if (!Array.isArray(row)) throw new TypeError("A row came without setReturnArrays");
  const [types, ...cells] = row;
  return { types: String(types), cells };
}
