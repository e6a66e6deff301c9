/**
 * What the stories share: an application with its database.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { ENDLESS } from "../support/sample_database.ts";
import type { TempDir } from "../support/temp_dir.ts";

/** A database with works, open as an application would have it. */
export function application(dir: TempDir, name = "app.db"): DatabaseSync {
  const app = new DatabaseSync(dir.join(name));
  app.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE works (id INTEGER PRIMARY KEY, title TEXT);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO works (title) SELECT 'work ' || i FROM n`);
  return app;
}

/**
 * A configuration whose backups never come to the end of their check, so that whatever
 * shall happen in the middle of one does.
 */
export async function endlessCheck(dir: TempDir): Promise<string> {
  const path = dir.join("holdfast.json");
  await Deno.writeTextFile(path, JSON.stringify({ database: "app.db", assertions: [ENDLESS] }));
  return path;
}
