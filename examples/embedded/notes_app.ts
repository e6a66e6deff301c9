// deno-lint-ignore-file no-console -- an application, that speaks to its terminal
/**
 * An application that keeps notes in SQLite and its backups by itself:
 * `deno run -A examples/embedded/notes_app.ts <folder>`
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { automate } from "@holdfast/holdfast";

const [folder = "."] = Deno.args;
const path = `${folder}/notes.db`;

const app = new DatabaseSync(path);
app.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS notes (text TEXT NOT NULL)");

const backups = automate({
  database: path,
  startupAfter: "24h",
  every: "4h",
  onFailure: "restore",
  onOutcome: ({ reason, kind }) => console.log(`${reason}: ${kind}`),
});

await backups.onStartup();

console.log(`notes: ${addNote("buy bread")}`);

const imported = await backups.beforeImport(() => {
  app.exec("DELETE FROM notes");
  throw new Error("line 2 of the file is no note");
});
if (!imported.ok) {
  console.log(`import failed, ${imported.restored ? "restored" : "not restored"}: ${count()}`);
}

const migrated = await backups.beforeMigration(() => {
  app.exec("ALTER TABLE notes ADD COLUMN done INTEGER NOT NULL DEFAULT 0");
  return "notes have a state now";
});
if (migrated.ok) console.log(`migrated: ${migrated.value}`);

// The connection goes first, so that its last commits are in the backup.
app.close();
await backups.onShutdown();

function addNote(text: string): number {
  app.prepare("INSERT INTO notes (text) VALUES (?)").run(text);
  return count();
}

function count(): number {
  return Number(app.prepare("SELECT count(*) AS n FROM notes").get()?.n);
}
