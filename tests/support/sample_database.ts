/**
 * A small database for tests.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

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

/** Runs SQL on a database. */
export function execSql(path: string, sql: string): void {
  using database = new DatabaseSync(path);
  database.exec(sql);
}

/** How many rows a table has. */
export function countRows(path: string, table: string): number {
  using database = new DatabaseSync(path, { readOnly: true });
  return Number(database.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.n);
}
