/**
 * Reads rows so that nothing is lost: text as its bytes (a NUL would cut it, and what
 * is no UTF-8 would be replaced), integers with all of their 64 bits.
 *
 * @module
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
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
  /** An expression. */
  readonly where?: string | undefined;
  /** Terms of ORDER BY. */
  readonly orderBy?: readonly string[] | undefined;
  /** Rows at most; all by default. */
  readonly limit?: number | undefined;
}

/** The SELECT of a query: the types as one text, then the values. */
function selectOf({ table, columns, where, orderBy, limit = -1 }: RowQuery): string {
  const names = columns.map(quoteIdentifier);
  const types = balanced(names.map((name) => `substr(typeof(${name}), 1, 1)`));
  const values = names.map((name, at) =>
    `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END AS c${at}`
  );
  return [
    `SELECT ${[`${types} AS types`, ...values].join(", ")} FROM ${quoteIdentifier(table)}`,
    where === undefined ? "" : `WHERE ${where}`,
    orderBy === undefined ? "" : `ORDER BY ${orderBy.join(", ")}`,
    // Also without a limit, so that SQLite keeps the order inside a compound.
    `LIMIT ${limit}`,
  ].join(" ");
}

/** `||` over all: as a balanced tree, because SQLite limits the depth of an expression. */
function balanced(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? "''";
  const half = parts.length >> 1;
  return `(${balanced(parts.slice(0, half))} || ${balanced(parts.slice(half))})`;
}

/**
 * The rows, one after another.
 *
 * `iterate()` of Deno 2.9.6 ends in silence where a step fails, so that a damaged table
 * would look like a short one. A last row of our own tells that all rows came; without
 * it the same is read again in a way that throws.
 *
 * @throws SQLite's own error, with its `errcode`; on the first row where it is one of the SQL.
 */
export function* rowsOf(database: DatabaseSync, query: RowQuery): Generator<Row, void, void> {
  const select = selectOf(query);
  const end = Array.from({ length: query.columns.length + 1 }, () => "NULL").join(", ");
  const statement = exact(database.prepare(`SELECT * FROM (${select}) UNION ALL SELECT ${end}`));
  for (const found of statement.iterate()) {
    const row = asRow(found);
    if (row === undefined) return;
    yield row;
  }
  throwAgain(database, query);
}

/** Reads every value without handing it over: aggregates throw where a step fails. */
function throwAgain(database: DatabaseSync, query: RowQuery): never {
  const counts = query.columns.map((_, at) => `count(c${at})`);
  const all = ["count(types)", ...counts].join(", ");
  database.prepare(`SELECT ${all} FROM (${selectOf(query)})`).get();
  throw new HoldfastError("DATABASE_CORRUPT", `Cannot read all rows of "${query.table}"`, {
    hint: "The file is damaged, or the disk fails. Take another backup.",
  });
}

/** Prepares the search for one row; {@linkcode firstRow} runs it. */
export function prepareRow(database: DatabaseSync, query: RowQuery): StatementSync {
  return exact(database.prepare(selectOf({ ...query, limit: 1 })));
}

/** The first row. */
export function firstRow(
  statement: StatementSync,
  values: readonly SQLInputValue[],
): Row | undefined {
  const row = statement.get(...values);
  return row === undefined ? undefined : asRow(row);
}

/** Integers with all their bits, rows as arrays. */
function exact(statement: StatementSync): StatementSync {
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

/** The row of an array; `undefined` for the one that tells the end. */
function asRow(row: unknown): Row | undefined {
  if (!Array.isArray(row)) throw new TypeError("A row came without setReturnArrays");
  const [types, ...cells] = row;
  return types === null ? undefined : { types: String(types), cells };
}
