import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type TempDir, tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { HoldfastError } from "./errors.ts";
import { listBackups } from "./list.ts";
import { restore } from "./restore.ts";
import { undo } from "./undo.ts";

async function accident(dir: TempDir): Promise<{ database: string; rows: () => number }> {
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2); PRAGMA user_version = 3");
  }
  await backup({ database });
  {
    using app = new DatabaseSync(database);
    app.exec("DELETE FROM t");
  }
  const rows = (): number => {
    using app = new DatabaseSync(database);
    return Number(app.prepare("SELECT count(*) AS n FROM t").get()?.n);
  };
  return { database, rows };
}

const code = (wanted: string) => (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === wanted;

Deno.test("restore shows what would change, and stops where it is not confirmed or a dry run", async () => {
  await using dir = await tempDir();
  const { database, rows } = await accident(dir);
  const { preview, dryRun } = await restore({ database, dryRun: true });
  deepEqual(preview?.tables, [{ table: "t", live: 0, backup: 2 }]);
  equal(dryRun, true);
  await rejects(restore({ database, confirm: () => false }), code("CANCELLED"));
  equal(rows(), 0);
  equal((await listBackups({ database })).backups.length, 1, "no safety backup was taken");
});

Deno.test("restore runs what comes before and after it, the latter also after a failure", async () => {
  await using dir = await tempDir();
  const { database, rows } = await accident(dir);
  const calls: string[] = [];
  const after = (): void => void calls.push("after");
  await restore({ database, before: () => void calls.push(`before ${rows()}`), after });
  deepEqual(calls, ["before 0", "after"]);
  const failing = (): never => {
    throw new Error("the job would not stop");
  };
  await rejects(restore({ database, before: failing, after }), code("RESTORE_FAILED"));
  deepEqual(calls, ["before 0", "after", "after"]);
  equal(rows(), 2);
});

Deno.test("restore without a safety backup leaves nothing to undo, and undo says why", async () => {
  await using dir = await tempDir();
  const { database, rows } = await accident(dir);
  await rejects(undo({ database }), code("BACKUP_NOT_FOUND"));
  const { safetyBackup } = await restore({ database, safety: false });
  equal(safetyBackup, null);
  equal(rows(), 2);
  await rejects(undo({ database }), code("BACKUP_NOT_FOUND"));
});

Deno.test("restore asks before a newer schema or another application", async () => {
  await using dir = await tempDir();
  const { database, rows } = await accident(dir);
  {
    using app = new DatabaseSync(database);
    app.exec("PRAGMA user_version = 2; PRAGMA application_id = 7");
  }
  await rejects(restore({ database }), code("RESTORE_FAILED"));
  equal(rows(), 0);
  let doubts: readonly string[] = [];
  await restore({ database, confirm: (preview) => (doubts = preview.doubts).length > 0 });
  equal(doubts.length, 2);
  equal(rows(), 2);
});

Deno.test("restore of a live database that is missing, empty, truncated or garbage keeps its files", async () => {
  for (const spoil of ["missing", "empty", "truncated", "garbage"]) {
    await using dir = await tempDir();
    const { database, rows } = await accident(dir);
    const whole = Deno.readFileSync(database);
    if (spoil === "missing") Deno.removeSync(database);
    if (spoil === "empty") Deno.truncateSync(database, 0);
    if (spoil === "truncated") Deno.truncateSync(database, 4096);
    if (spoil === "garbage") Deno.writeTextFileSync(database, "garbage ".repeat(1000));
    if (spoil === "garbage") Deno.chmodSync(database, 0o664);
    if (spoil === "garbage") Deno.writeTextFileSync(`${database}-wal`, "an old wal");
    const { requiresRestart, safetyBackup } = await restore({ database });
    equal(rows(), 2, spoil);
    if (spoil !== "garbage") continue;
    equal(requiresRestart, true);
    equal((Deno.statSync(database).mode ?? 0) & 0o777, 0o664);
    ok(safetyBackup?.name.endsWith(".damaged"));
    deepEqual(
      [...Deno.readDirSync(safetyBackup?.path ?? "")].map(({ name }) => name).sort(),
      ["app.db", "app.db-wal"],
    );
    await undo({ database });
    equal(Deno.readTextFileSync(database).slice(0, 7), "garbage");
    equal(whole.length > 0, true);
  }
});

Deno.test("restore leaves a link that leads nowhere and a folder as they are", async () => {
  const strange: Readonly<Record<string, (path: string) => void>> = {
    DATABASE_MISSING: (path) => Deno.symlinkSync("/nowhere/app.db", path),
    NOT_A_DATABASE: (path) => Deno.mkdirSync(path),
  };
  for (const [wanted, make] of Object.entries(strange)) {
    await using dir = await tempDir();
    const { database } = await accident(dir);
    Deno.removeSync(database);
    make(database);
    await rejects(restore({ database }), code(wanted));
    equal(Deno.lstatSync(database).isFile, false, wanted);
  }
});

Deno.test("restore into a path refuses the database itself, by any name, and its backups", async () => {
  await using dir = await tempDir();
  const { database, rows } = await accident(dir);
  const { backups: [newest] } = await listBackups({ database });
  ok(newest);
  const before = Deno.statSync(database).ino;
  Deno.linkSync(database, dir.join("second.db"));
  using app = new DatabaseSync(database);
  app.exec("PRAGMA journal_mode = WAL; UPDATE t SET x = 2");
  for (const to of [database, dir.join("second.db"), `${database}-wal`, newest.path]) {
    await rejects(restore({ database, to, force: true }), code("USAGE"));
  }
  equal(Deno.statSync(database).ino, before);
  equal(rows(), 0);
});

Deno.test("restore of a directory that is not there makes none", async () => {
  await using dir = await tempDir();
  await rejects(restore({ database: dir.join("app.db") }), code("BACKUP_NOT_FOUND"));
  deepEqual([...Deno.readDirSync(dir.path)], []);
});

Deno.test("restore repairs a damaged table in place under an application, and undo brings the damage back", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE t (x); CREATE TABLE u (x); INSERT INTO u VALUES ('before')");
  app.exec("INSERT INTO t VALUES (zeroblob(9000)), (zeroblob(9000))");
  await backup({ database });
  app.close();
  {
    // The root page of t, the second one.
    using file = Deno.openSync(database, { write: true });
    file.seekSync(4096, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(4096).fill(0xee));
  }
  app.open();
  app.exec("UPDATE u SET x = 'on the damaged one'");
  const { requiresRestart } = await restore({ database });
  equal(requiresRestart, false);
  app.exec("UPDATE u SET x = 'after'");
  const seen = (): unknown => {
    using other = new DatabaseSync(database);
    return other.prepare("SELECT x FROM u").get()?.x;
  };
  equal(seen(), "after", "the application writes into the restored one");
  await undo({ database });
  equal(seen(), "on the damaged one");
  await undo({ database });
  equal(seen(), "after");
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 2);
});
