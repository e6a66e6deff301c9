import { equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, listBackups } from "../../mod.ts";
import { becomes } from "../support/patience.ts";
import { kill, processes } from "../support/processes.ts";
import { tempDir } from "../support/temp_dir.ts";

const verb = new URL("./run_verb.ts", import.meta.url).href;

function started(database: string, ...more: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", verb, "backup", database, ...more],
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

Deno.test("backup waits for another run in the directory; none is lost", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const ends = await Promise.all([1, 2, 3, 4].map(() => started(database).output()));
  ok(ends.every(({ success }) => success));
  const { backups } = await listBackups({ database });
  equal(backups.length, 4);
  equal(new Set(backups.map(({ name }) => name)).size, 4);
});

Deno.test("backup says who holds the lock, and a killed holder blocks nobody", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  // It stops itself, so that it holds the lock however late this looks.
  const holder = started(database, "snapshot", "stopped parent");
  const end = holder.output();
  try {
    await becomes(
      "the holder stands still",
      () => processes().some(({ pid, isStopped }) => pid === holder.pid && isStopped),
    );
    await rejects(
      backup({ database, waitMs: 300 }),
      (error: unknown) =>
        error instanceof HoldfastError && error.code === "LOCKED" &&
        error.message.includes(`process ${holder.pid}`),
    );
  } finally {
    kill(holder.pid);
    await end;
  }
  await backup({ database });
  equal((await listBackups({ database })).backups.length, 1);
});
