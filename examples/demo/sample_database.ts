/**
 * The sample database of the demo: works, organizations, submissions, notes.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

/** Makes it at `path`: 1,749 works, 755 organizations, 246 submissions, 460 notes. */
export function makeSampleDatabase(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA user_version = 7;
    CREATE TABLE organizations (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL
    ) STRICT;
    CREATE TABLE works (
      id INTEGER PRIMARY KEY, title TEXT NOT NULL, words INTEGER NOT NULL, draft TEXT NOT NULL
    ) STRICT;
    CREATE TABLE submissions (
      id INTEGER PRIMARY KEY,
      work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
      organization INTEGER NOT NULL REFERENCES organizations (id),
      sent TEXT NOT NULL
    ) STRICT;
    CREATE INDEX submissions_by_work ON submissions (work);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE journal (id INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
    ${rows("organizations", 755, "'Organization ' || i, 'City ' || (i % 97)")}
    ${rows("works", 1749, "'Work ' || i, 500 + i * 37 % 90000, hex(zeroblob(1200 + i % 300))")}
    ${
    rows("submissions", 246, "1 + i * 7 % 1749, 1 + i * 3 % 755, date('2024-01-01', i || ' days')")
  }
    ${rows("notes", 460, "'Note ' || i || ': remember the deadline'")}
  `);
}

/** An INSERT of `count` rows; `i` counts from 1. */
function rows(table: string, count: number, values: string): string {
  return `WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${count})
    INSERT INTO ${table} SELECT i, ${values} FROM c;`;
}
