import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type TempDir, tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { HoldfastError } from "./errors.ts";
import { listBackups } from "./list.ts";
import { readLog } from "./log.ts";
import { maintain } from "./maintain.ts";
import { verify } from "./verify.ts";

function withCode(code: HoldfastError["code"]): (error: unknown) => boolean {
  return (error) => error instanceof HoldfastError && error.code === code;
}

/** A database of which half is free pages, with an open connection. */
function halfEmpty(dir: TempDir, mode: string): DatabaseSync {
  const app = new DatabaseSync(dir.join("app.db"));
  app.exec(`
    PRAGMA journal_mode = ${mode}; CREATE TABLE t (id INTEGER PRIMARY KEY, x);
    WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000)
      INSERT INTO t SELECT i, randomblob(500) FROM c;
    CREATE INDEX by_x ON t (x); DELETE FROM t WHERE id % 2 = 0 OR id > 1000`);
  return app;
}

for (const mode of ["wal", "delete"]) {
  Deno.test(`maintain() compacts a live database in ${mode} mode after a safety backup`, async () => {
    await using dir = await tempDir();
    using app = halfEmpty(dir, mode);
    const database = dir.join("app.db");
    await rejects(
      maintain({ database, action: "vacuum", confirm: ({ free }) => free === 0 }),
      withCode("CANCELLED"),
    );
    const done = await maintain({ database, action: "vacuum", confirm: ({ free }) => free > 0 });
    equal(done.journalMode, mode);
    ok(done.after.pages < done.before.pages);
    equal(done.after.file, done.after.pages);
    deepEqual([done.after.free, done.after.wal], [0, 0]);
    equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 500);
    const { backups } = await listBackups({ database });
    deepEqual(backups.map(({ id, reason, note }) => [id, reason, note]), [
      [done.safetyBackup?.id, "pre-restore", "before VACUUM"],
    ]);
    equal((await verify({ database, backups: [backups[0]?.id ?? ""] })).ok, true);
  });
}

Deno.test("maintain() refuses to compact while others write, and a damaged database", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = halfEmpty(dir, "wal");
    app.exec("BEGIN IMMEDIATE");
    await rejects(maintain({ database, action: "vacuum", lockMs: 200 }), withCode("DATABASE_BUSY"));
    app.exec("ROLLBACK; PRAGMA journal_mode = DELETE");
  }
  {
    using file = await Deno.open(database, { write: true });
    await file.seek(20_480, Deno.SeekMode.Start);
    await file.write(new Uint8Array(8_192).fill(0xa5));
  }
  const before = await Deno.readFile(database);
  await rejects(maintain({ database, action: "vacuum" }), withCode("DATABASE_CORRUPT"));
  const { ok: sound, problems } = await maintain({ database, action: "integrity" });
  ok(!sound && problems.length > 0);
  deepEqual(await Deno.readFile(database), before);
});

Deno.test("maintain() checks, checkpoints and analyzes without a backup", async () => {
  await using dir = await tempDir();
  using app = halfEmpty(dir, "wal");
  const database = dir.join("app.db");
  const checked = await maintain({ database, action: "integrity" });
  deepEqual([checked.ok, checked.problems, checked.foreignKeyViolations], [true, [], 0]);
  ok(checked.before.wal > 0);
  const emptied = await maintain({ database, action: "checkpoint" });
  deepEqual([emptied.before.wal > 0, emptied.after.wal], [true, 0]);
  await maintain({ database, action: "analyze" });
  equal(app.prepare("SELECT count(*) AS n FROM sqlite_stat1").get()?.n, 1);
  deepEqual((await listBackups({ database })).backups, []);
  app.exec("BEGIN; SELECT * FROM t LIMIT 1; INSERT INTO t (x) VALUES (1)");
  await rejects(
    maintain({ database, action: "checkpoint", lockMs: 200 }),
    withCode("DATABASE_BUSY"),
  );
});

Deno.test("maintain() is in the log, whatever it did and however it ended", async () => {
  await using dir = await tempDir();
  using app = halfEmpty(dir, "wal");
  const database = dir.join("app.db");
  await maintain({ database, action: "analyze" });
  deepEqual(await readLog({ database }), [], "no backup directory is made for it");
  await backup({ database });
  for (const action of ["integrity", "checkpoint", "analyze", "vacuum"] as const) {
    await maintain({ database, action });
  }
  app.exec("BEGIN; SELECT * FROM t LIMIT 1; INSERT INTO t (x) VALUES (1)");
  await rejects(
    maintain({ database, action: "checkpoint", lockMs: 200 }),
    withCode("DATABASE_BUSY"),
  );
  app.exec("ROLLBACK");
  const log = await readLog({ database, job: "maintain" });
  deepEqual(
    log.map(({ outcome, code, details }) => [details.action, outcome, code]).reverse(),
    [
      ["integrity", "done", null],
      ["checkpoint", "done", null],
      ["analyze", "done", null],
      ["vacuum", "done", null],
      ["checkpoint", "failed", "DATABASE_BUSY"],
    ],
  );
  ok(log.every(({ user, host }) => user !== null && host !== null));
});
