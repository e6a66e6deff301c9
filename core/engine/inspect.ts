/**
 * Looks at a live database without copying it.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { countReadable } from "./check.ts";
import { readMoment, unsureUntil } from "./moment.ts";
import { refuseUnlessOneSelect } from "./one_select.ts";
import { openLive } from "./open.ts";
import type { DatabaseFacts, InspectRequest, JournalRequest } from "./protocol.ts";
import { factsOf, tablesOf } from "./read_facts.ts";
import { sqliteCode } from "./sqlite_error.ts";
import { execute } from "./execute.ts";

/** Reads its values and, where asked, its rows and its structure, in one transaction. */
export function inspect(request: InspectRequest): DatabaseFacts {
  const { path, busyMs, count, check } = request;
  const database = openLive(path, busyMs);
  try {
    const moment = readMoment(path);
    for (const sql of request.selects ?? []) refuseUnlessOneSelect(database, sql);
    execute(database, "BEGIN");
    const facts = { ...factsOf(database), moment, unsureUntil: unsureUntil(path) };
    const problems = check === undefined ? undefined : problemsOf(database, check);
    if (!count) return { ...facts, problems };
    const rows = tablesOf(database).map(({ name }) => [name, countReadable(database, name)]);
    return { ...facts, problems, recordCount: Object.fromEntries(rows) };
  } finally {
    database.close();
  }
}

/** Problems of the structure; where a check needs functions of the application it finds none. */
export function problemsOf(database: DatabaseSync, check: "quick" | "full"): string[] {
  try {
    return database.prepare(
      check === "quick" ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)",
    )
      .all()
      .map((row) => String(Object.values(row)[0]))
      .filter((line) => line !== "ok");
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 1) return [];
    if (error instanceof Error && (code === 11 || code === 26)) return [error.message];
    throw error;
  }
}

/** Puts a live database back into WAL mode, where a killed restore had to leave it. */
export function journal({ path, mode, busyMs }: JournalRequest): null {
  const database = openLive(path, busyMs);
  try {
    execute(database, `PRAGMA journal_mode = ${mode}`);
    return null;
  } finally {
    database.close();
  }
}
