/**
 * What a database says about itself.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { DatabaseFacts } from "./protocol.ts";

/** Reads the header's values through an open connection; the moment is for the caller to add. */
export function factsOf(database: DatabaseSync): Omit<DatabaseFacts, "moment" | "unsureUntil"> {
  return {
    pageSize: number(database, "page_size"),
    pageCount: number(database, "page_count"),
    freePages: number(database, "freelist_count"),
    userVersion: number(database, "user_version"),
    applicationId: number(database, "application_id"),
    encoding: String(pragma(database, "encoding")),
    schemaVersion: number(database, "schema_version"),
    journalMode: String(pragma(database, "journal_mode")),
  };
}

/** The value of a pragma that answers with one. */
export function pragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

function number(database: DatabaseSync, name: string): number {
  return Number(pragma(database, name));
}

/** A table that holds rows of its own. */
export interface Table {
  readonly name: string;
  /** Its rows come from a module (FTS, R-Tree). */
  readonly virtual: boolean;
}

/** Every table with rows, without views, SQLite's own and the shadow tables of modules. */
export function tablesOf(database: DatabaseSync): readonly Table[] {
  const rows = database.prepare("PRAGMA table_list").all();
  return rows
    .filter(({ schema, type, name }) =>
      schema === "main" && (type === "table" || type === "virtual") &&
      !String(name).startsWith("sqlite_")
    )
    .map(({ name, type }) => ({ name: String(name), virtual: type === "virtual" }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

/** A name as an SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
