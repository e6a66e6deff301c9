import { equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { liveGrant } from "../../core/database_file.ts";
import { runJob } from "../../core/engine/client.ts";
import { backup } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";

/** An application that does one thing and closes the database, so that no `-wal` stays. */
function once(database: string, sql: string): void {
  using app = new DatabaseSync(database);
  app.exec(sql);
}

/** A day on which nothing was written: what the file's times are on a coarse filesystem. */
const coarse = new Date("2026-01-03T12:00:00Z");

async function unchanged(database: string): Promise<boolean> {
  return (await backup({ database, ifChanged: true, retention: false })).unchanged;
}

for (const mode of ["wal", "delete", "truncate", "persist"]) {
  Deno.test(`backup --if-changed of a ${mode} database sees a change that left size and time as they were`, async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    once(database, `PRAGMA journal_mode = ${mode}; CREATE TABLE t (x); INSERT INTO t VALUES (1)`);
    Deno.utimeSync(database, coarse, coarse);
    await backup({ database });
    equal(await unchanged(database), true);
    const { size } = Deno.statSync(database);
    for (let x = 2; x < 5; x++) {
      once(database, `UPDATE t SET x = ${x}`);
      Deno.utimeSync(database, coarse, coarse);
      equal(Deno.statSync(database).size, size);
      equal(await unchanged(database), false, `change ${x}`);
      equal(await unchanged(database), true, `after change ${x}`);
    }
  });
}

Deno.test("a WAL database that was closed tells its state by the clock of its files only", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  once(database, "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const unsureUntil = async (): Promise<number> => {
    const request = { path: database, busyMs: 1_000 };
    return (await runJob("inspect", request, { grant: liveGrant(database) })).unsureUntil;
  };
  const { mtime } = Deno.statSync(database);
  equal(await unsureUntil() > Number(mtime), true);
  Deno.utimeSync(database, coarse, coarse);
  equal(await unsureUntil(), Number.MAX_SAFE_INTEGER);
  // Open and written: its WAL tells.
  using app = new DatabaseSync(database);
  app.exec("INSERT INTO t VALUES (2)");
  equal(await unsureUntil(), 0);
  app.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  equal(await unsureUntil(), 0);
});
