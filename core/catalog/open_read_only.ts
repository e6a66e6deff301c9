/**
 * Opens a catalog file to read it.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { sqliteCode } from "../engine/sqlite_error.ts";

/** Milliseconds to wait for another process that writes the catalog. */
export const BUSY_MS = 10_000;

/** SQLITE_READONLY: here it says that a journal has to be rolled back first. */
const READ_ONLY = 8;

/**
 * Opens it read-only. A run that was killed while it wrote leaves a journal; until that is
 * rolled back nobody can read the file, and SQLite does it only where it may write.
 *
 * @see https://www.sqlite.org/rescode.html#readonly_rollback
 */
export function openReadOnly(path: string): DatabaseSync {
  try {
    return opened(path, true);
  } catch (error) {
    if (sqliteCode(error) !== READ_ONLY) throw error;
    opened(path, false).close();
    return opened(path, true);
  }
}

function opened(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly });
  try {
    database.prepare(`PRAGMA busy_timeout = ${BUSY_MS}`).get();
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
