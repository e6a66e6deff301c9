/**
 * The checks of an artifact, each one call that a lane can do beside others.
 *
 * @module
 * @see https://www.sqlite.org/pragma.html#pragma_integrity_check
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { openArtifact } from "./open.ts";
import type { DatabaseFacts } from "./protocol.ts";
import { factsOf, quoteIdentifier, type Table, tablesOf } from "./read_facts.ts";
import { refuseUnlessOneSelect } from "./one_select.ts";
import { sqliteCode } from "./sqlite_error.ts";

/** A file, and where it matters a table of it. */
export interface CheckRequest {
  readonly path: string;
  readonly table?: Table | undefined;
}

/** What a check found. */
export interface CheckResult {
  /** Sentences; empty where it passed. */
  readonly problems: readonly string[];
  /** SQLite cannot check it here (an unknown function, collation or module), with its reason. */
  readonly unchecked?: string | undefined;
}

/** SQLite's own limit of problems per check. */
const MOST_PROBLEMS = 20;

let open: { readonly path: string; readonly database: DatabaseSync } | undefined;

/** The artifact, opened once a lane. */
function artifact(path: string): DatabaseSync {
  if (open?.path !== path) open = { path, database: openArtifact(path) };
  return open.database;
}

/** Closes the artifact, so that SQLite removes its own `-shm` and `-wal`. */
export function closeArtifact(_: null): void {
  open?.database.close();
  open = undefined;
}

/** What the artifact says about itself, and its tables. */
export function readFacts(
  { path }: CheckRequest,
): { readonly facts: DatabaseFacts; readonly tables: readonly Table[] } {
  const database = artifact(path);
  return {
    facts: { ...factsOf(database), moment: "", unsureUntil: 0 },
    tables: tablesOf(database),
  };
}

/** The structure of the whole file: finds what no check of a single table can. */
export function quickCheck({ path }: CheckRequest): CheckResult {
  const database = artifact(path);
  const result = check(database, `PRAGMA quick_check(${MOST_PROBLEMS})`);
  if (result.unchecked === undefined) return result;
  return { ...result, problems: sharedPages(database) };
}

/** A full check of one table and its indexes. */
export function checkTable({ path, table }: CheckRequest): CheckResult {
  const name = quoteIdentifier(table?.name ?? "");
  return check(artifact(path), `PRAGMA integrity_check(${name})`);
}

function check(database: DatabaseSync, sql: string): CheckResult {
  try {
    const found = database.prepare(sql).all().map((row) => String(Object.values(row)[0]));
    return { problems: found.filter((line) => line !== "ok") };
  } catch (error) {
    if (sqliteCode(error) !== 1 || !(error instanceof Error)) return { problems: [said(error)] };
    return { problems: [], unchecked: error.message };
  }
}

/** Pages that two trees claim, found without evaluating any expression of the schema. */
function sharedPages(database: DatabaseSync): string[] {
  try {
    const rows = database.prepare(
      "SELECT pageno FROM dbstat GROUP BY pageno HAVING count(*) > 1 LIMIT 20",
    ).all();
    return rows.map(({ pageno }) => `Page ${pageno} belongs to two tables`);
  } catch (error) {
    return sqliteCode(error) === 1 ? [] : [said(error)];
  }
}

/** The rows of a table, `null` where its module is not known here. */
export function countTable({ path, table }: CheckRequest): number | null {
  return countRows(artifact(path), table?.name ?? "");
}

/** The rows of a table, `null` where its module is not known here. */
export function countRows(database: DatabaseSync, table: string): number | null {
  try {
    const row = database.prepare(`SELECT count(*) AS n FROM ${quoteIdentifier(table)}`).get();
    return Number(row?.n ?? 0);
  } catch (error) {
    if (sqliteCode(error) === 1) return null;
    throw error;
  }
}

/** The rows of a table, `null` also where it is damaged: the rest may be in use. */
export function countReadable(database: DatabaseSync, table: string): number | null {
  try {
    return countRows(database, table);
  } catch (error) {
    if (sqliteCode(error) === 11) return null;
    throw error;
  }
}

/** How many rows break a foreign key. */
export function foreignKeys({ path }: CheckRequest): number {
  try {
    // Not by iterate(), which ends without an error where SQLite gives one.
    const row = artifact(path).prepare("SELECT count(*) AS n FROM pragma_foreign_key_check").get();
    return Number(row?.n ?? 0);
  } catch (error) {
    // A foreign key that points nowhere ("foreign key mismatch") is no damage.
    if (sqliteCode(error) === 1) return 0;
    throw error;
  }
}

/** One assertion of the user: `undefined` where it holds, else the value that it gave. */
export function tryAssertion(
  { path, sql }: { readonly path: string; readonly sql: string },
): string | undefined {
  const database = artifact(path);
  try {
    const row = refuseUnlessOneSelect(database, sql).get();
    const value = row === undefined ? undefined : Object.values(row)[0];
    const holds = value !== undefined && value !== null && value !== 0 && value !== "" &&
      value !== 0n;
    return holds ? undefined : row === undefined ? "no row" : String(value);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    return said(error);
  }
}

/** Locked, a disk that fails or is full, a file that cannot be opened. */
const notTheFile: ReadonlySet<unknown> = new Set([5, 6, 10, 13, 14]);

/** What SQLite says of the content. An error that says nothing about it is thrown on. */
function said(error: unknown): string {
  const code = sqliteCode(error);
  if (error instanceof Error && code !== undefined && !notTheFile.has(code)) return error.message;
  throw error;
}
