import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup } from "./backup.ts";
import { HoldfastError } from "./errors.ts";
import { peek } from "./peek.ts";
import { type TempDir, tempDir } from "../tests/support/temp_dir.ts";

async function backedUp(dir: TempDir, sql: string): Promise<{ database: string; path: string }> {
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec(sql);
  }
  const { path } = await backup({ database, verify: "none" });
  return { database, path };
}

function withCode(code: HoldfastError["code"]): (error: unknown) => boolean {
  return (error) => error instanceof HoldfastError && error.code === code;
}

Deno.test("peek() lists tables and views, counts rows and gives the first ones", async () => {
  await using dir = await tempDir();
  const { database, path } = await backedUp(
    dir,
    `CREATE TABLE t (a, b, c AS (a) STORED);
     INSERT INTO t (a, b) VALUES (1, 'x' || char(0) || 'y'), (9223372036854775807, x'00ff'),
       (9e999, NULL), (1.5, CAST(x'ff' AS TEXT));
     CREATE VIEW v AS SELECT a FROM t; CREATE VIRTUAL TABLE f USING fts5(words);
     INSERT INTO f VALUES ('hello')`,
  );
  const { tables, rows } = await peek({ database, table: "T", limit: 3 });
  deepEqual(tables.map(({ name, kind, rows }) => [name, kind, rows]), [
    ["f", "virtual", null],
    ["t", "table", 4],
    ["v", "view", null],
  ]);
  deepEqual(rows?.rows, [
    { a: 1, b: "x\0y" },
    { a: { integer: "9223372036854775807" }, b: { blob: "00ff", bytes: 2 } },
    { a: { real: "Infinity" }, b: null },
  ]);
  equal(rows?.more, true);
  const all = await peek({ database });
  deepEqual(all.tables.map(({ rows }) => rows), [1, 4, null]);
  const view = await peek({ backup: path, table: "v" });
  equal(view.rows?.rows.length, 4);
  deepEqual((await peek({ database, table: "f" })).rows?.rows, [{ words: "hello" }]);
});

Deno.test("peek() refuses a table that is not there and names those that are", async () => {
  await using dir = await tempDir();
  const { database } = await backedUp(dir, "CREATE TABLE works (x)");
  await rejects(
    peek({ database, table: "work" }),
    (error) => withCode("USAGE")(error) && /works/.test(String((error as HoldfastError).hint)),
  );
});

Deno.test("peek() ends a view that never ends and leaves nothing behind", async () => {
  await using dir = await tempDir();
  const { database, path } = await backedUp(
    dir,
    `CREATE TABLE t (x);
     CREATE VIEW endless AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)
       SELECT count(*) AS n FROM c`,
  );
  const before = await Deno.readFile(path);
  await rejects(peek({ database, table: "endless", deadlineMs: 4_000 }), withCode("DATABASE_BUSY"));
  deepEqual(await Deno.readFile(path), before);
  const left = await Array.fromAsync(Deno.readDir(dir.join("backups", ".staging")));
  deepEqual(left, []);
});

Deno.test("peek() takes a file from anywhere, whose planted -wal and -journal change nothing", async () => {
  await using dir = await tempDir();
  const path = dir.join("found.db");
  {
    using made = new DatabaseSync(path);
    made.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const bytes = await Deno.readFile(path);
  for (const suffix of ["-wal", "-journal"]) {
    await Deno.writeTextFile(`${path}${suffix}`, "planted");
  }
  equal((await peek({ backup: path })).tables[0]?.rows, 1);
  deepEqual(await Deno.readFile(path), bytes);
  for (const suffix of ["-wal", "-journal"]) {
    equal(await Deno.readTextFile(`${path}${suffix}`), "planted");
  }
  ok(!(await Array.fromAsync(Deno.readDir(dir.path))).some(({ name }) => name === ".staging"));
});
