/**
 * Databases like those of applications, of a given size.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

/** Makes one: four tables, two indexes, text and numbers. */
export function makeSample(path: string, bytes: number, journalMode = "delete"): void {
  using database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = off; PRAGMA synchronous = off");
  for (const table of ["orders", "people", "events", "files"]) {
    database.exec(`
      CREATE TABLE ${table} (id INTEGER PRIMARY KEY, name TEXT, amount INTEGER, note TEXT);
      WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${
      Math.ceil(bytes / 4 / 260)
    })
      INSERT INTO ${table} SELECT i, printf('name %x', i * 2654435761 % 4294967296),
        i * 40503 % 65536, printf('%s-%d', hex(randomblob(90)), i) FROM c;
      CREATE INDEX ${table}_by_amount ON ${table} (amount);
    `);
  }
  database.exec(`PRAGMA journal_mode = ${journalMode}`);
}
