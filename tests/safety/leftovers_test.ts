import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, maintain, rescue, restore, verify } from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** An application that crashes: a process that is killed inside or after its work. */
async function crashed(database: string, sql: string): Promise<void> {
  const code = `
    import { DatabaseSync } from "node:sqlite";
    const app = new DatabaseSync(${JSON.stringify(database)});
    app.exec(${JSON.stringify(sql)});
    Deno.kill(Deno.pid, "SIGKILL");`;
  await new Deno.Command(Deno.execPath(), { args: ["eval", "--quiet", code] }).output();
}

function rows(path: string): unknown {
  using database = new DatabaseSync(path);
  return database.prepare("SELECT count(*) AS n FROM t").get()?.n;
}

const FILL = `WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3000)
  INSERT INTO t SELECT hex(randomblob(500)) FROM c`;

async function made(dir: TempDir, sql: string): Promise<string> {
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(sql);
  return await Promise.resolve(database);
}

Deno.test("backup folds in the -wal of a crashed application, also without its -shm", async () => {
  for (const keepShm of [true, false]) {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    await crashed(
      database,
      "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)",
    );
    ok(Deno.statSync(`${database}-wal`).size > 0);
    if (!keepShm) Deno.removeSync(`${database}-shm`);
    const { path } = await backup({ database });
    equal(rows(path), 1);
    equal(rows(database), 1);
  }
});

Deno.test("backup rolls a hot journal back, as SQLite does", async () => {
  await using dir = await tempDir();
  const database = await made(dir, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  await crashed(database, `PRAGMA cache_size = 10; BEGIN; ${FILL}`);
  ok(Deno.statSync(`${database}-journal`).size > 0, "the journal is hot");
  const { path } = await backup({ database });
  equal(rows(path), 1);
  equal(rows(database), 1);
});

Deno.test("backup takes no harm from a PERSIST journal or one of MEMORY and TRUNCATE mode", async () => {
  for (const mode of ["PERSIST", "TRUNCATE", "MEMORY", "OFF"]) {
    await using dir = await tempDir();
    const database = await made(
      dir,
      `PRAGMA journal_mode = ${mode}; CREATE TABLE t (x); INSERT INTO t VALUES (1)`,
    );
    const { path } = await backup({ database });
    equal(rows(path), 1, mode);
  }
});

Deno.test("restore leaves nothing stale: old -wal, -journal and -shm cannot come back", async () => {
  await using dir = await tempDir();
  const database = await made(dir, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  await backup({ database });
  await crashed(database, "PRAGMA journal_mode = WAL; INSERT INTO t VALUES (2), (3)");
  const { safetyBackup } = await restore({ database });
  equal(rows(database), 1);
  equal(rows(safetyBackup?.path ?? ""), 3, "the rows in the -wal are in the safety backup");
  await crashed(database, `PRAGMA journal_mode = DELETE; PRAGMA cache_size = 10; BEGIN; ${FILL}`);
  await restore({ database });
  equal(rows(database), 1);
});

Deno.test("backup gives up with DATABASE_BUSY where a lock is never given up", async () => {
  await using dir = await tempDir();
  const database = await made(dir, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  using app = new DatabaseSync(database);
  await backup({ database });
  app.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO t VALUES (2)");
  const busy = (error: unknown): boolean =>
    error instanceof HoldfastError && error.code === "DATABASE_BUSY";
  await rejects(backup({ database, busyMs: 300 }), busy);
  await rejects(restore({ database, lockMs: 300 }), busy);
  app.exec("COMMIT");
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 2);
  deepEqual([...Deno.readDirSync(dir.join("backups", ".staging"))], []);
});

Deno.test("restore gives up with DATABASE_BUSY under an open transaction and changes nothing", async () => {
  for (const mode of ["WAL", "DELETE"]) {
    await using dir = await tempDir();
    const database = await made(
      dir,
      `PRAGMA journal_mode = ${mode}; CREATE TABLE t (x); INSERT INTO t VALUES (1)`,
    );
    await backup({ database });
    using app = new DatabaseSync(database);
    app.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
    await rejects(
      restore({ database, lockMs: 500 }),
      (error: unknown) => error instanceof HoldfastError && error.code === "DATABASE_BUSY",
    );
    app.exec("COMMIT");
    equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 2, mode);
  }
});

Deno.test("backup and restore follow a symbolic link to the real file; a hard link is warned of, and not written to", async () => {
  await using dir = await tempDir();
  Deno.mkdirSync(dir.join("real"));
  const database = dir.join("real", "app.db");
  using app = new DatabaseSync(database);
  app.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  Deno.symlinkSync(database, dir.join("link.db"));
  const { path } = await backup({ database: dir.join("link.db") });
  equal(path.startsWith(dir.join("real", "backups")), true);
  equal(rows(path), 1, "the rows in the -wal beside the real file");
  app.exec("DELETE FROM t");
  await restore({ database: dir.join("link.db") });
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
  ok(Deno.lstatSync(dir.join("link.db")).isSymlink);

  Deno.linkSync(database, dir.join("real", "second.db"));
  const { warnings } = await backup({ database });
  ok(warnings.some(({ code }) => code === "HARD_LINKED"));
  const severalNames = { code: "RESTORE_FAILED", message: /it has 2 names/ };
  await rejects(restore({ database }), severalNames);
  await rejects(rescue({ database, table: "t" }), severalNames);
  await rejects(maintain({ database, action: "vacuum" }), severalNames);
});

Deno.test("restore works with another page size, each journal mode on both sides", async () => {
  for (const mode of ["WAL", "DELETE"]) {
    for (const pageSize of [1024, 65536]) {
      await using dir = await tempDir();
      const database = dir.join("app.db");
      {
        using app = new DatabaseSync(database);
        app.exec(`PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL;
          CREATE TABLE t (x); INSERT INTO t VALUES (1)`);
      }
      const { name } = await backup({ database });
      Deno.removeSync(database);
      {
        using app = new DatabaseSync(database);
        app.exec(
          `PRAGMA journal_mode = ${mode}; CREATE TABLE t (x); INSERT INTO t VALUES (8), (9)`,
        );
      }
      await restore({ database, backup: name });
      using check = new DatabaseSync(database);
      equal(check.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
      equal(check.prepare("PRAGMA journal_mode").get()?.journal_mode, mode.toLowerCase());
      equal(check.prepare("PRAGMA page_size").get()?.page_size, pageSize);
      ok((await verify({ database, all: true })).ok);
    }
  }
});
