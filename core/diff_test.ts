import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup } from "./backup.ts";
import { diff } from "./diff.ts";
import { HoldfastError } from "./errors.ts";
import { tempDir } from "../tests/support/temp_dir.ts";

Deno.test("diff() says what was added, removed and changed, by primary key or rowid", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE works (id INTEGER PRIMARY KEY, title TEXT, year);
    INSERT INTO works VALUES (1, 'Kyrie', 1790), (2, 'Gloria', 1791), (3, 'Credo', NULL);
    CREATE TABLE words (word TEXT COLLATE NOCASE PRIMARY KEY, n) WITHOUT ROWID;
    INSERT INTO words VALUES ('b', 1), ('A', 1), ('c', x'00');
    CREATE TABLE plain (x); INSERT INTO plain VALUES ('one'), ('two');
    CREATE TABLE pairs (a, b, n, PRIMARY KEY (b, a));
    INSERT INTO pairs VALUES (1, 'x', 1), (1.5, 'x', 1), (x'00', 'x', 1), (NULL, 'x', 1);
    CREATE TABLE gone (x); INSERT INTO gone VALUES (1), (2);
  `);
  await backup({ database });
  equal((await diff({ database })).same, true);

  app.exec(`
    DELETE FROM works WHERE id = 1; UPDATE works SET year = '1791' WHERE id = 2;
    INSERT INTO works VALUES (4, 'Sanctus', 9223372036854775807);
    UPDATE words SET n = 1.0 WHERE word = 'a'; DELETE FROM words WHERE word = 'c';
    INSERT INTO plain VALUES ('th' || char(0) || 'ree'); UPDATE pairs SET n = 2 WHERE a = 1.5;
    DROP TABLE gone; CREATE TABLE fresh (x); INSERT INTO fresh VALUES (1);
    CREATE INDEX by_year ON works (year); PRAGMA user_version = 7;
  `);
  const { same, schema, tables } = await diff({ database, rows: 10 });
  equal(same, false);
  deepEqual(schema.map(({ change, kind, name }) => [change, kind, name]), [
    ["added", "index", "by_year"],
    ["changed", "pragma", "user_version"],
    ["added", "table", "fresh"],
    ["removed", "table", "gone"],
  ]);
  deepEqual(
    tables.map((
      { table, status, added, removed, changed },
    ) => [table, status, added, removed, changed]),
    [
      ["fresh", "added", 1, 0, 0],
      ["gone", "removed", 0, 2, 0],
      ["pairs", "changed", 0, 0, 1],
      ["plain", "changed", 1, 0, 0],
      ["words", "changed", 0, 1, 1],
      ["works", "changed", 1, 1, 1],
    ],
  );
  deepEqual(tables.find(({ table }) => table === "works")?.rows, [
    { change: "removed", key: { id: 1 }, before: { title: "Kyrie", year: 1790 } },
    { change: "changed", key: { id: 2 }, before: { year: 1791 }, after: { year: "1791" } },
    {
      change: "added",
      key: { id: 4 },
      after: { title: "Sanctus", year: { integer: "9223372036854775807" } },
    },
  ]);
  const only = await diff({ database, tables: ["PLAIN"], rows: 1 });
  deepEqual(only.tables.map(({ table }) => table), ["plain"]);
  await rejects(
    diff({ database, tables: ["nothing"] }),
    (error) => error instanceof HoldfastError && error.code === "USAGE",
  );
});

Deno.test("diff() compares two backups, and tells a changed primary key", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE t (a PRIMARY KEY, b); INSERT INTO t VALUES (1, 2)");
  const first = await backup({ database });
  app.exec("UPDATE t SET b = 3");
  const second = await backup({ database });
  app.exec("DROP TABLE t; CREATE TABLE t (a, b PRIMARY KEY)");
  const between = await diff({ database, backup: first.name, against: second.id, rows: 5 });
  deepEqual(between.tables[0]?.rows, [
    { change: "changed", key: { a: 1 }, before: { b: 2 }, after: { b: 3 } },
  ]);
  const live = await diff({ database, backup: first.id });
  equal(live.tables[0]?.status, "unknown");
  ok(live.tables[0]?.why?.includes("primary key"));
});

Deno.test("diff() reads the live database in one transaction and writes nothing there", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    await backup({ database });
    app.exec(`
      CREATE VIEW evil AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)
        SELECT i FROM c;
      CREATE TRIGGER grow AFTER INSERT ON t BEGIN INSERT INTO t VALUES (2); END`);
  }
  const before = await Deno.readFile(database);
  const { schema } = await diff({ database });
  deepEqual(schema.map(({ kind, name }) => [kind, name]), [["trigger", "grow"], ["view", "evil"]]);
  deepEqual(await Deno.readFile(database), before);
});
