import { equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, type HoldfastEvent, listBackups, restore, undo } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";

/** An application that does one thing and closes the database, so that no `-wal` stays. */
function once(database: string, sql: string): void {
  using app = new DatabaseSync(database);
  app.exec(sql);
}

/** Calls once when the safety backup is recorded: the lock is not won yet. */
function whenSafe(then: () => void): (event: HoldfastEvent) => void {
  let called = false;
  return (event) => {
    if (called || event.type !== "progress" || event.phase !== "record") return;
    if (event.done === 0) return;
    called = true;
    then();
  };
}

const COARSE = new Date("2026-01-03T12:00:00Z");

/** The states of a database before its backup; those of one page have no table. */
const backups: Readonly<Record<string, string>> = {
  "two pages": "CREATE TABLE t (x); INSERT INTO t VALUES (1)",
  "one page": "PRAGMA user_version = 7",
  "one page, auto-vacuum": "PRAGMA auto_vacuum = 1; PRAGMA user_version = 7",
  "many pages": "CREATE TABLE t (x); INSERT INTO t VALUES (1), (zeroblob(1000000))",
};

for (const [what, sql] of Object.entries(backups)) {
  for (const mode of ["wal", "delete"]) {
    Deno.test(`restore of ${what} onto a ${mode} database keeps a commit from after the safety backup`, async () => {
      await using dir = await tempDir();
      const database = dir.join("app.db");
      once(database, `PRAGMA page_size = 4096; ${sql}; PRAGMA journal_mode = ${mode}`);
      await backup({ database });
      once(database, "CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES (2)");
      Deno.utimeSync(database, COARSE, COARSE);
      const onEvent = whenSafe(() => {
        // It leaves the header, the size and the time of a WAL database as they were.
        once(database, "UPDATE t SET x = 3 WHERE x = 2");
        Deno.utimeSync(database, COARSE, COARSE);
      });
      const { safetyBackup } = await restore({ database, onEvent });
      ok(safetyBackup !== null);
      {
        using app = new DatabaseSync(database);
        const { n } = app.prepare("SELECT count(*) AS n FROM sqlite_schema").get() ?? {};
        equal(n, what.startsWith("one page") ? 0 : 1);
        equal(app.prepare("PRAGMA journal_mode").get()?.journal_mode, mode);
        equal(app.prepare("PRAGMA auto_vacuum").get()?.auto_vacuum, what.endsWith("m") ? 1 : 0);
        equal(app.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
      }
      equal(
        (await listBackups({ database })).backups.length,
        2,
        "one safety backup, the later one",
      );
      await undo({ database });
      using app = new DatabaseSync(database);
      equal(app.prepare("SELECT count(*) AS n FROM t WHERE x = 3").get()?.n, 1);
    });
  }
}
