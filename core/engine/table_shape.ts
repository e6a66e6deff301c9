/**
 * What tells the rows of a table apart, and which of its columns hold values.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { quoteIdentifier, type Table } from "./read_facts.ts";

/** A column that holds a value of its own: neither generated nor hidden. */
export interface Column {
  /** The column's name. */
  readonly name: string;
  /** The declared type, as it was written; empty without one. */
  readonly type: string;
}

/** How the rows of a table are read. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Names of columns, or an alias of the rowid; empty where nothing tells rows apart. */
  readonly key: readonly string[];
  /** The key is the rowid, which is no column of the table. */
  readonly keyIsRowid: boolean;
}

const rowidAliases = ["rowid", "_rowid_", "oid"] as const;

/** Reads the shape of a table: its key is the primary key, else the rowid. */
export function shapeOf(database: DatabaseSync, { name }: Pick<Table, "name">): TableShape {
  const rows = database.prepare(`PRAGMA table_xinfo(${quoteIdentifier(name)})`).all();
  const columns = rows
    .filter(({ hidden }) => Number(hidden) === 0)
    .map((row) => ({ name: String(row.name), type: String(row.type) }));
  const primary = rows
    .filter(({ pk }) => Number(pk) > 0)
    .sort((a, b) => Number(a.pk) - Number(b.pk))
    .map((row) => String(row.name));
  if (primary.length > 0) return { name, columns, key: primary, keyIsRowid: false };
  // A column may be called like an alias of the rowid and then hides it.
  const taken = new Set(rows.map((row) => String(row.name).toLowerCase()));
  const alias = rowidAliases.find((each) => !taken.has(each));
  return { name, columns, key: alias === undefined ? [] : [alias], keyIsRowid: true };
}
