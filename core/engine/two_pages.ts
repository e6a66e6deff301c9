/**
 * A database without tables is one page, which SQLite's backup writes in one step that it does
 * not tell. The restore looks back inside the lock when it is told of the first step.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { execute } from "./execute.ts";
import { openArtifact } from "./open.ts";
import { pragma } from "./read_facts.ts";

/** Where the header tells incremental from full auto-vacuum (four bytes). */
const INCREMENTAL_AT = 64;

/** The artifact, or, where that is one page, a copy beside it with free pages. */
export function withTwoPages(artifact: string): string {
  if (pagesOf(artifact) !== 1) return artifact;
  const copy = `${artifact}.two-pages`;
  Deno.copyFileSync(artifact, copy);
  if (addPages(copy) === "full") setFullAutoVacuum(copy);
  return copy;
}

function pagesOf(artifact: string): unknown {
  using database = openArtifact(artifact);
  return pragma(database, "page_count");
}

function addPages(path: string): "full" | "other" {
  using database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  const isFull = pragma(database, "auto_vacuum") === 1;
  // FULL would take the pages away again with each commit, also with one that sets it back.
  const statements = [
    ...(isFull ? ["PRAGMA auto_vacuum = 2"] : []),
    "BEGIN",
    "CREATE TABLE page (x)",
    "DROP TABLE page",
    "COMMIT",
  ];
  for (const sql of statements) execute(database, sql);
  return isFull ? "full" : "other";
}

/** @see https://www.sqlite.org/fileformat2.html section 1.3, offset 64 */
function setFullAutoVacuum(path: string): void {
  using file = Deno.openSync(path, { write: true });
  file.seekSync(INCREMENTAL_AT, Deno.SeekMode.Start);
  file.writeSync(new Uint8Array(4));
}
