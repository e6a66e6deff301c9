/**
 * What the design builds on, tried: a runtime or an SQLite that behaves otherwise
 * shows here first.
 *
 * @module
 */

import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { backup as sqliteBackup, DatabaseSync } from "node:sqlite";
import BetterSqlite from "better-sqlite3";
import { backup, restore, verify } from "../../mod.ts";
import { requireProgram } from "../support/require_program.ts";
import { tempDir } from "../support/temp_dir.ts";

async function evaluated(code: string, ...flags: readonly string[]): Promise<string> {
  await using dir = await tempDir();
  const script = dir.join("script.ts");
  await Deno.writeTextFile(script, code);
  const args = ["run", "--quiet", "--no-prompt", "--no-config", ...flags, script];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: dir.path })
    .output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test({
  ...requireProgram(
    ["sqlite3"],
    "fact 2: closing any descriptor of the file releases the application's locks",
  ),
  fn: async () => {
    await using dir = await tempDir();
    const path = dir.join("app.db");
    using app = new DatabaseSync(path);
    app.exec("CREATE TABLE t (x); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    const others = async (): Promise<boolean> =>
      (await new Deno.Command("sqlite3", { args: [path, "BEGIN IMMEDIATE"] }).output()).success;
    equal(await others(), false);
    Deno.openSync(path).close();
    equal(await others(), true, "POSIX locks would have to survive a close()");
    app.exec("ROLLBACK");
  },
});

Deno.test("fact 2: two SQLite libraries in one process do not see each other's locks", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  using app = new DatabaseSync(path);
  app.exec("CREATE TABLE t (x); BEGIN IMMEDIATE");
  const other = new BetterSqlite(path, { timeout: 0 });
  other.exec("BEGIN IMMEDIATE; ROLLBACK");
  other.close();
  app.exec("ROLLBACK");
});

Deno.test("fact 3: backup() never tells progress at rate -1", async () => {
  await using dir = await tempDir();
  using app = new DatabaseSync(dir.join("app.db"));
  app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000))");
  let told = 0;
  await sqliteBackup(app, dir.join("copy.db"), { rate: -1, progress: () => told++ });
  equal(told, 0);
});

Deno.test("fact 9: an artifact opened read-write with query_only stays as it is, without sidecars", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  {
    using app = new DatabaseSync(path);
    app.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const before = Deno.readFileSync(path);
  {
    using opened = new DatabaseSync(path);
    opened.exec("PRAGMA query_only = ON");
    equal(opened.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  }
  equal(Deno.readFileSync(path).toHex(), before.toHex());
  deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["app.db"]);
});

Deno.test("fact 10: with less than all permissions ATTACH and VACUUM INTO are off, and a URI is a name", async () => {
  const said = await evaluated(
    `import { DatabaseSync } from "node:sqlite";
     const db = new DatabaseSync("app.db");
     db.exec("CREATE TABLE t (x)");
     for (const sql of ["ATTACH 'other.db' AS o", "VACUUM INTO 'copy.db'"]) {
       try { db.exec(sql); console.log("done", sql); } catch (error) { console.log("off", error.message); }
     }
     new DatabaseSync("file:named.db").exec("CREATE TABLE t (x)");
     console.log([...Deno.readDirSync(".")].map(({ name }) => name).sort().join());`,
    "--allow-read",
    "--allow-write",
  );
  equal(said.match(/^off/gm)?.length, 2, said);
  match(said, /file:named\.db/);
});

Deno.test("fact 11: the busy time is a pragma", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  using app = new DatabaseSync(path);
  app.exec("CREATE TABLE t (x)");
  using reader = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  reader.exec("PRAGMA busy_timeout = 70");
  equal(reader.prepare("PRAGMA busy_timeout").get()?.timeout, 70);
});

Deno.test("fact 12: a schema that names an unknown function is not damaged", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.function("own", { deterministic: true }, (value) => value);
    app.exec(`CREATE TABLE t (x); CREATE INDEX by_own ON t (own(x)); INSERT INTO t VALUES (1), (2);
      CREATE TABLE plain (x); INSERT INTO plain VALUES (3)`);
  }
  const { proof, warnings, metadata } = await backup({ database });
  equal(proof, "checked");
  ok(warnings.some(({ code }) => code === "PARTLY_CHECKED"));
  deepEqual({ ...metadata.recordCount }, { plain: 1, t: 2 });
  await restore({ database });
  ok((await verify({ database, all: true })).ok);
});

Deno.test("facts 14 and 15: backup() onto a live path is one transaction; its first progress call is inside the lock", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  using app = new DatabaseSync(path);
  app.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  using source = new DatabaseSync(dir.join("source.db"));
  source.exec("CREATE TABLE t (x); INSERT INTO t VALUES (7), (8), (zeroblob(100000))");
  let calls = 0;
  await sqliteBackup(source, path, {
    rate: 1,
    progress: () => {
      if (calls++ > 0) return;
      throws(() => app.exec("INSERT INTO t VALUES (2)"), /locked/);
      equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
    },
  });
  ok(calls > 1);
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 3);
  equal(app.prepare("PRAGMA journal_mode").get()?.journal_mode, "wal");
});
