/**
 * Writes rows of one database into another one exactly, by their key.
 *
 * @module
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { quoteIdentifier } from "./read_facts.ts";
import { firstRow, prepareRow, type Row } from "./row_reader.ts";

/** The columns of a row in both tables: those of the key come first. */
export interface RowTarget {
  readonly table: string;
  readonly columns: readonly string[];
  /** How many of the columns are the key. */
  readonly keyCount: number;
}

/** Finds, inserts and updates rows of one table. */
export class RowWriter {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync | undefined;
  readonly #keyCount: number;

  /** Prepares the statements; the caller holds the transaction. */
  constructor(database: DatabaseSync, { table, columns, keyCount }: RowTarget) {
    const names = columns.map(quoteIdentifier);
    const into = quoteIdentifier(table);
    const keyed = names.slice(0, keyCount).map((name, at) => `${name} IS ${parameter(at)}`);
    const where = keyed.join(" AND ");
    this.#find = prepareRow(database, { table, columns, where });
    const values = names.map((_, at) => parameter(at));
    this.#insert = database.prepare(
      `INSERT INTO ${into} (${names.join(", ")}) VALUES (${values.join(", ")})`,
    );
    const sets = names.slice(keyCount).map((name, at) => `${name} = ${parameter(keyCount + at)}`);
    this.#update = sets.length === 0
      ? undefined
      : database.prepare(`UPDATE ${into} SET ${sets.join(", ")} WHERE ${where}`);
    this.#keyCount = keyCount;
  }

  /** The row with the same key, in the same columns. */
  find(row: Row): Row | undefined {
    return firstRow(this.#find, valuesOf(row, this.#keyCount));
  }

  /** Adds a row whose key is not there. */
  insert(row: Row): void {
    this.#insert.run(...valuesOf(row, row.cells.length));
  }

  /** Overwrites the row with the same key. UPDATE, because REPLACE would delete what refers to it. */
  update(row: Row): void {
    this.#update?.run(...valuesOf(row, row.cells.length));
  }
}

/** Text is bound as its bytes and turned back into text: nothing in it is lost. */
function parameter(at: number): string {
  const [type, value] = [`?${2 * at + 1}`, `?${2 * at + 2}`];
  return `CASE ${type} WHEN 't' THEN CAST(${value} AS TEXT) ELSE ${value} END`;
}

function valuesOf({ types, cells }: Row, count: number): SQLInputValue[] {
  return cells.slice(0, count).flatMap((cell, at) => [types[at] ?? "n", cell]);
}
