import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  backup,
  type BackupOptions,
  HoldfastError,
  listBackups,
  readLog,
  rescue,
  restore,
  undo,
  verify,
} from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** Everything below a folder. */
function tree(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? [name, ...tree(`${path}/${name}`)] : [name]
  ).sort();
}

async function refused(dir: TempDir, name: string, code: string): Promise<void> {
  const before = tree(dir.path);
  await rejects(
    backup({ database: `${dir.path}/${name}` }),
    (error: unknown) => error instanceof HoldfastError && error.code === code,
    `${name} is not refused with ${code}`,
  );
  deepEqual(tree(dir.path), before, `something was created for ${name}`);
}

Deno.test("backup refuses what is no database and creates nothing", async () => {
  await using dir = await tempDir();
  Deno.writeTextFileSync(dir.join("empty.db"), "");
  Deno.mkdirSync(dir.join("folder.db"));
  Deno.writeTextFileSync(dir.join("text.db"), "Dear diary, ".repeat(500));
  Deno.writeFileSync(dir.join("encrypted.db"), crypto.getRandomValues(new Uint8Array(8192)));
  Deno.writeTextFileSync(dir.join("short.db"), "SQLite format 3\0");
  await new Deno.Command("mkfifo", { args: [dir.join("pipe.db")] }).output();
  using socket = Deno.listen({ transport: "unix", path: dir.join("socket.db") });
  {
    using app = new DatabaseSync(dir.join("whole.db"));
    app.exec(
      "CREATE TABLE t (x); INSERT INTO t SELECT hex(randomblob(4000)) FROM (VALUES (1),(2))",
    );
  }
  const whole = Deno.readFileSync(dir.join("whole.db"));
  Deno.removeSync(dir.join("whole.db"));
  Deno.writeFileSync(dir.join("truncated.db"), whole.subarray(0, whole.length - 6000));
  equal(socket.addr.transport, "unix");

  await refused(dir, "missing.db", "DATABASE_MISSING");
  await refused(dir, "empty.db", "NOT_A_DATABASE");
  await refused(dir, "folder.db", "NOT_A_DATABASE");
  await refused(dir, "pipe.db", "NOT_A_DATABASE");
  await refused(dir, "socket.db", "NOT_A_DATABASE");
  await refused(dir, "text.db", "NOT_A_DATABASE");
  await refused(dir, "encrypted.db", "NOT_A_DATABASE");
  await refused(dir, "short.db", "NOT_A_DATABASE");
  await refused(dir, "missing.db?mode=ro", "DATABASE_MISSING");
  await refused(dir, ":memory:", "DATABASE_MISSING");
  await refused(dir, "file:missing.db", "DATABASE_MISSING");
  await refused(dir, "missing.db/below", "DATABASE_MISSING");
  await refused(dir, `${"x".repeat(300)}.db`, "DATABASE_MISSING");
  await refused(dir, "truncated.db", "DATABASE_CORRUPT");
});

/** Arguments that a compiler did not look at, as from a program in JavaScript. */
const senseless: Readonly<Record<string, readonly unknown[]>> = {
  assertions: [
    "SELECT 1",
    [5],
    ["DELETE FROM t"],
    ["SELECT FROM"],
    ["SELECT 1; SELECT 2"],
    ["SELECT 1 FROM nowhere"],
  ],
  expectTables: ["t", [7]],
  reason: ["because"],
  note: [5],
  sourceVersion: [{}],
  engine: ["fast", ""],
  verify: ["deep"],
  expiresAt: ["tomorrow", Temporal.Instant.from("2020-01-01T00:00:00Z")],
  retention: [{ keepLst: 3 }, { keepLast: -1 }, {}],
  retentionZone: ["Mars/Olympus", ""],
  warnSizeMB: [-1, NaN],
  maxSizeMB: ["x", -5, 0.000001],
  maxHoldMs: [NaN],
  busyMs: [NaN, -1, Infinity, "1; DELETE FROM t"],
  waitMs: [NaN],
};

Deno.test("backup refuses an argument without sense before it makes anything", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const codes = ["USAGE", "CONFIG_INVALID", "TOO_LARGE"];
  for (const [name, values] of Object.entries(senseless)) {
    for (const value of values) {
      const options: BackupOptions = Object.assign({ database }, { [name]: value });
      await rejects(
        backup(options),
        (error: unknown) => error instanceof HoldfastError && codes.includes(error.code),
        `${name}: ${JSON.stringify(value)}`,
      );
      deepEqual(tree(dir.path), ["app.db"], `something was created for ${name}`);
    }
  }
});

Deno.test("verbs that find no backup make no backup directory", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const none = { code: "BACKUP_NOT_FOUND" };
  await rejects(restore({ database }), none);
  await rejects(restore({ database, lockMs: NaN }), { code: "USAGE" });
  await rejects(undo({ database }), none);
  await rejects(rescue({ database, table: "t" }), none);
  await rejects(verify({ database }), none);
  ok((await verify({ database, backups: [database] })).ok);
  deepEqual((await listBackups({ database })).backups, []);
  deepEqual(tree(dir.path), ["app.db"]);
});

Deno.test("backup, restore and rescue that are refused, or only look, leave no backup directory", async () => {
  await using dir = await tempDir();
  const [database, directory] = [dir.join("app.db"), dir.join("deep/down/backups")];
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  Deno.copyFileSync(database, dir.join("other.db"));
  Deno.writeTextFileSync(dir.join("bad.db"), "no database");
  const [other, bad] = [dir.join("other.db"), dir.join("bad.db")];
  const before = tree(dir.path);
  for (const place of [{ database }, { database, directory }]) {
    await rejects(backup({ ...place, expectTables: ["u"] }), { code: "BACKUP_INVALID" });
    await rejects(backup({ ...place, assertions: ["SELECT 0"] }), { code: "BACKUP_INVALID" });
    await rejects(restore({ ...place, backup: bad }), { code: "BACKUP_INVALID" });
    await rejects(restore({ ...place, backup: other, confirm: () => false }), {
      code: "CANCELLED",
    });
    await rejects(restore({ ...place, backup: other, to: bad }), { code: "DESTINATION_EXISTS" });
    equal((await restore({ ...place, backup: other, dryRun: true })).dryRun, true);
    await rejects(rescue({ ...place, backup: bad, table: "t" }), { code: "BACKUP_INVALID" });
    await rejects(rescue({ ...place, backup: other, table: "u" }), { code: "USAGE" });
    deepEqual(tree(dir.path), before);
  }
  // What failed while nobody looked is to be found.
  await rejects(backup({ database, reason: "auto:schedule", expectTables: ["u"] }));
  equal((await readLog({ database }))[0]?.code, "BACKUP_INVALID");
  // What took effect too.
  await restore({ database, directory, backup: other });
  equal((await undo({ database, directory })).backup.endsWith(".db"), true);
});

Deno.test("backup, list, verify and restore take any file name as it is", async () => {
  const names = [
    "with space.db",
    'it\'s "quoted".db',
    "new\nline.db",
    "-x.db",
    "--help",
    "данные.db",
    "数据库.db",
    "🎼.db",
    "comma,comma.db",
    "x.db?mode=ro",
    ":memory:",
    "file:x.db",
    "100%25.db",
    "#hash.db",
    `${"long".repeat(60)}.db`,
  ];
  for (const name of names) {
    await using dir = await tempDir();
    const database = `${dir.path}/${name}`;
    using app = new DatabaseSync(dir.join("plain.db"));
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)");
    app.close();
    Deno.renameSync(dir.join("plain.db"), database);
    await backup({ database });
    {
      using again = new DatabaseSync(database);
      again.exec("DELETE FROM t");
    }
    await restore({ database });
    using check = new DatabaseSync(database);
    equal(check.prepare("SELECT count(*) AS n FROM t").get()?.n, 2, name);
    const { backups } = await listBackups({ database });
    equal(backups.length, 2, name);
    ok((await verify({ database, all: true })).ok, name);
  }
});

Deno.test("restore refuses a path where something is", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  await backup({ database });
  Deno.writeTextFileSync(dir.join("there.txt"), "mine");
  await rejects(
    restore({ database, to: dir.join("there.txt") }),
    (error: unknown) => error instanceof HoldfastError && error.code === "DESTINATION_EXISTS",
  );
  equal(Deno.readTextFileSync(dir.join("there.txt")), "mine");
  const { database: restored } = await restore({ database, to: dir.join("fresh.db") });
  using fresh = new DatabaseSync(restored);
  equal(fresh.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
});
