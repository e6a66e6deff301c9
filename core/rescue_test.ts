import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { diff } from "./diff.ts";
import { HoldfastError } from "./errors.ts";
import { listBackups } from "./list.ts";
import { rescue } from "./rescue.ts";
import { undo } from "./undo.ts";

function withCode(code: HoldfastError["code"]): (error: unknown) => boolean {
  return (error) => error instanceof HoldfastError && error.code === code;
}

function valuesOf(app: DatabaseSync, sql: string): unknown[][] {
  return app.prepare(sql).all().map((row) => Object.values(row));
}

Deno.test("rescue() inserts what is missing, exactly, and undo takes it back", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE t (a, b TEXT, id INTEGER PRIMARY KEY, twice AS (id * 2), kept AS (a) STORED);
    INSERT INTO t (id, a, b) VALUES (1, 1.0, 'x' || char(0) || 'y'), (2, 9223372036854775807, NULL),
      (3, x'00ff', CAST(x'ff41' AS TEXT)), (4, 9e999, ''), (5, '12', 'same'), (6, 1, 'old');
  `);
  await backup({ database });
  const all = "SELECT id, typeof(a), quote(a), hex(b), twice, quote(kept) FROM t ORDER BY id";
  const before = valuesOf(app, all);
  // Another order of the columns, and one that the backup does not have.
  app.exec(`
    CREATE TABLE u (extra DEFAULT 'new', id INTEGER PRIMARY KEY, b TEXT, a,
      kept AS (a) STORED, twice AS (id * 2));
    INSERT INTO u (id, a, b) SELECT id, a, b FROM t WHERE id IN (5, 6);
    DROP TABLE t; ALTER TABLE u RENAME TO t; UPDATE t SET b = 'mine' WHERE id = 6;
  `);
  const looked = await rescue({ database, table: "T", dryRun: true });
  deepEqual([looked.inserted, looked.same, looked.kept, looked.safetyBackup], [4, 1, 1, null]);
  equal(valuesOf(app, all).length, 2);

  const { inserted, replaced, kept, keys, safetyBackup } = await rescue({ database, table: "t" });
  deepEqual([inserted, replaced, kept], [4, 0, 1]);
  deepEqual(keys, [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  deepEqual(valuesOf(app, `${all} LIMIT 5`), before.slice(0, 5));
  deepEqual(valuesOf(app, "SELECT b, extra FROM t WHERE id IN (1, 6)")[1], ["mine", "new"]);
  equal((await rescue({ database, table: "t" })).inserted, 0);

  const replacing = await rescue({ database, table: "t", replace: true, where: "id = 6" });
  deepEqual([replacing.inserted, replacing.replaced], [0, 1]);
  deepEqual(valuesOf(app, all), before);
  await undo({ database });
  equal(valuesOf(app, "SELECT b FROM t WHERE id = 6")[0]?.[0], "mine");
  const { backups } = await listBackups({ database });
  ok(backups.some(({ id, reason }) => id === safetyBackup?.id && reason === "pre-restore"));
});

Deno.test("rescue() respects foreign keys and constraints: all rows or none", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(`
    CREATE TABLE people (id INTEGER PRIMARY KEY, mail TEXT UNIQUE, boss REFERENCES people);
    CREATE TABLE works (id INTEGER PRIMARY KEY, by REFERENCES people);
    INSERT INTO people VALUES (1, 'a', 2), (2, 'b', NULL); INSERT INTO works VALUES (1, 1), (2, 2);
  `);
  await backup({ database });
  app.exec("PRAGMA foreign_keys = OFF; DELETE FROM works; DELETE FROM people");
  await rejects(rescue({ database, table: "works" }), withCode("RESTORE_FAILED"));
  equal(valuesOf(app, "SELECT * FROM works").length, 0);
  // A row that refers to a later one of the same table is no violation in the end.
  equal((await rescue({ database, table: "people" })).inserted, 2);
  equal((await rescue({ database, table: "works", where: "id = 2" })).inserted, 1);

  app.exec("DELETE FROM people WHERE id = 1; INSERT INTO people VALUES (7, 'a', NULL)");
  await rejects(
    rescue({ database, table: "people" }),
    (error) => withCode("RESTORE_FAILED")(error) && /UNIQUE/.test(String(error)),
  );
  deepEqual(valuesOf(app, "SELECT id FROM people ORDER BY id"), [[2], [7]]);
  // Overwriting updates: what refers to the row stays.
  app.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, of REFERENCES people ON DELETE CASCADE)");
  app.exec("INSERT INTO notes VALUES (1, 2); UPDATE people SET mail = 'z' WHERE id = 2");
  equal((await rescue({ database, table: "people", where: "id = 2", replace: true })).replaced, 1);
  equal(valuesOf(app, "SELECT * FROM notes").length, 1);
});

Deno.test("rescue() refuses a bad condition, table or key, and changes nothing", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec(
      "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2); CREATE TABLE k (a PRIMARY KEY, b)",
    );
    await backup({ database });
    app.exec("DELETE FROM t WHERE x = 2; DROP TABLE k; CREATE TABLE k (a, b PRIMARY KEY)");
  }
  const before = await Deno.readFile(database);
  const conditions = [
    "1; DELETE FROM t",
    "1) OR (1",
    "nothing = 1",
    "x IN (DELETE FROM t)",
    "load_extension('x')",
    "",
  ];
  for (const where of conditions) {
    await rejects(rescue({ database, table: "t", where }), withCode("USAGE"), where);
  }
  await rejects(rescue({ database, table: "no" }), withCode("USAGE"));
  await rejects(rescue({ database, table: "k" }), withCode("USAGE"));
  const endless =
    "x IN (WITH RECURSIVE c (i) AS (SELECT 9 UNION ALL SELECT i + 1 FROM c) SELECT i FROM c)";
  await rejects(
    rescue({ database, table: "t", where: endless, deadlineMs: 4_000 }),
    withCode("DATABASE_BUSY"),
  );
  const confirm = (): boolean => false;
  await rejects(rescue({ database, table: "t", confirm }), withCode("CANCELLED"));
  deepEqual(await Deno.readFile(database), before);
  equal((await listBackups({ database })).backups.length, 1);
});

Deno.test("rescue() keeps what others commit after the safety backup, for undo", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(`PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, x);
    CREATE TABLE log (x); INSERT INTO t VALUES (1, 'lost')`);
  await backup({ database });
  app.exec("DELETE FROM t");
  let written = 0;
  let locked = false;
  await rescue({
    database,
    table: "t",
    onEvent: (event) => {
      if (event.type !== "progress") return;
      locked ||= event.phase === "restore";
      if (event.phase !== "safety" || locked) return;
      app.prepare("INSERT INTO log VALUES (?)").run(++written);
    },
  });
  ok(written > 0);
  equal(valuesOf(app, "SELECT * FROM t").length, 1);
  await undo({ database });
  equal(valuesOf(app, "SELECT * FROM t").length, 0);
  equal(valuesOf(app, "SELECT * FROM log").length, written);
  equal((await diff({ database })).tables.find(({ table }) => table === "log")?.added, written);
});
