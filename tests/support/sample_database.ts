/**
 * A small database for tests.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

/** A check that never ends: whatever runs it is there until it is stopped. */
export const ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) " +
  "SELECT count(*) > 0 FROM n";

/** Makes a database with `works` (3 rows) and `notes` (1 row). */
export function makeSampleDatabase(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE works (id INTEGER PRIMARY KEY, title TEXT);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);
    INSERT INTO works (title) VALUES ('Kyrie'), ('Gloria'), ('Credo');
    INSERT INTO notes (text) VALUES ('keep me');
  `);
}

/** Makes a database of 60 MB, so that a backup of it can be stopped midway. */
export function makeLargeDatabase(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
    INSERT INTO rows (data) SELECT randomblob(2000) FROM n;
  `);
}

/** Runs SQL on a database. */
export function execSql(path: string, sql: string): void {
  // As an application: it waits while somebody reads.
  using database = new DatabaseSync(path, { timeout: 60_000 });
  database.exec(sql);
}

/** How many rows a table has. */
export function countRows(path: string, table: string): number {
  using database = new DatabaseSync(path, { readOnly: true });
  return Number(database.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.n);
}
