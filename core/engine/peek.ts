/**
 * Looks into an artifact: its tables, their rows counted, the first rows of one.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { countRows } from "./check.ts";
import { guardReading } from "./guard_reading.ts";
import { openArtifact } from "./open.ts";
import type { DatabaseFacts } from "./protocol.ts";
import { factsOf, quoteIdentifier, tablesOf } from "./read_facts.ts";
import { rowsOf } from "./row_reader.ts";
import { Shower, type ShownRow } from "./shown_value.ts";
import { type Column, shapeOf } from "./table_shape.ts";
import { unreadable } from "./unreadable.ts";

/** What is looked at. */
export interface PeekRequest {
  /** Absolute path of an artifact that lies alone in a private folder. */
  readonly path: string;
  /** A table or view whose first rows are read. */
  readonly table?: string | undefined;
  /** Rows at most. */
  readonly limit: number;
}

/** A table or view. */
export interface PeekedTable {
  /** The name of the table or view. */
  readonly name: string;
  /** A view's rows are not counted: it may never end. */
  readonly kind: "table" | "virtual" | "view";
  /** `null` where they cannot be counted here. */
  readonly rows: number | null;
}

/** The first rows of a table. */
export interface PeekedRows {
  /** The table's name. */
  readonly table: string;
  /** The columns, in order. */
  readonly columns: readonly Column[];
  /** The first rows. */
  readonly rows: readonly ShownRow[];
  /** There are more. */
  readonly more: boolean;
}

/** What was seen. */
export interface PeekJobResult {
  readonly facts: DatabaseFacts;
  readonly tables: readonly PeekedTable[];
  readonly rows?: PeekedRows | undefined;
}

/** Reads it. */
export function peek({ path, table, limit }: PeekRequest): PeekJobResult {
  const database = openArtifact(path);
  try {
    guardReading(database);
    const facts = { ...factsOf(database), moment: "", unsureUntil: 0 };
    const tables = [...peekTables(database, table), ...viewsOf(database)];
    if (table === undefined) return { facts, tables };
    const found = tables.find(({ name }) => name.toLowerCase() === table.toLowerCase());
    if (found === undefined) throw noSuchTable(table, tables.map(({ name }) => name));
    return {
      facts,
      tables,
      rows: readable(found, () => firstRows(database, found.name, { ...facts, limit })),
    };
  } finally {
    database.close();
  }
}

/** With one table named, the others are not counted. */
function peekTables(database: DatabaseSync, only: string | undefined): PeekedTable[] {
  return tablesOf(database).map(({ name, virtual }) => ({
    name,
    kind: virtual ? "virtual" : "table",
    rows: only === undefined || only.toLowerCase() === name.toLowerCase()
      ? countRows(database, name)
      : null,
  }));
}

function viewsOf(database: DatabaseSync): PeekedTable[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").all();
  return rows.map(({ name }) => ({ name: String(name), kind: "view", rows: null }));
}

/** A view may need what is not here, or what no view may use. */
function readable<T>({ name, kind }: PeekedTable, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new HoldfastError("USAGE", `Cannot read the ${kind} "${name}": ${unreadable(cause)}`, {
      hint: "It needs something that is not here, or that is not allowed in a backup.",
      cause,
    });
  }
}

function firstRows(
  database: DatabaseSync,
  name: string,
  { encoding, limit }: Pick<DatabaseFacts, "encoding"> & { readonly limit: number },
): PeekedRows {
  const { columns } = shapeOf(database, { name });
  const names = columns.map((column) => column.name);
  const query = { table: name, columns: names, limit: limit + 1 };
  const shower = new Shower(encoding);
  const rows: ShownRow[] = [];
  for (const row of rowsOf(database, query)) rows.push(shower.row(row, names));
  return { table: name, columns, rows: rows.slice(0, limit), more: rows.length > limit };
}

/** The error for a table that is not there, with those that are. */
export function noSuchTable(name: string, known: readonly string[]): HoldfastError {
  const some = known.slice(0, 12).map(quoteIdentifier).join(", ");
  return new HoldfastError("USAGE", `Cannot find the table "${name}"`, {
    hint: known.length === 0 ? "There are no tables." : `There is ${some}.`,
  });
}
