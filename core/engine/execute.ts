/**
 * Runs a statement so that its errors carry SQLite's code: those of `exec()` do not.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Runs one statement to its end. */
export function execute(database: DatabaseSync, sql: string): void {
  database.prepare(sql).all();
}
