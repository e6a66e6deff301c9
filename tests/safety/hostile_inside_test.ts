import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { basename } from "node:path";
import { backup, diff, drill, exportDatabase, HoldfastError, peek, rescue } from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** Milliseconds after which a verb without a word is ended here. */
const SOON = 5_000;

/** A sound live database, and a file that somebody made to do harm. */
async function planted(dir: TempDir): Promise<{ database: string; hostile: string }> {
  const database = dir.join("app.db");
  const sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, x); INSERT INTO t VALUES (1, 'live')";
  {
    using app = new DatabaseSync(database);
    app.exec(sql);
  }
  await backup({ database });
  const hostile = dir.join("hostile.db");
  const victim = dir.join("victim.db");
  {
    using made = new DatabaseSync(hostile);
    made.exec(`${sql.replace("live", "planted")}; INSERT INTO t VALUES (2, 'more');
      CREATE TABLE u (a, b AS (abs(a)));
      INSERT INTO u (a) VALUES (7);
      CREATE VIEW endless AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)
        SELECT i FROM c WHERE i < 0;
      CREATE VIEW loads AS SELECT load_extension('/tmp/evil');
      CREATE TRIGGER grow AFTER INSERT ON t BEGIN DELETE FROM t; END;
      CREATE VIRTUAL TABLE words USING fts5 (a, content = 'endless', content_rowid = 'i');
      CREATE INDEX by_x ON t (x) WHERE x <> 'a'`);
  }
  for (const suffix of ["-wal", "-journal", "-shm"]) {
    await Deno.writeTextFile(`${hostile}${suffix}`, `planted ${victim}`);
  }
  return { database, hostile };
}

/** Every file below a folder with its bytes, without the backup directory. */
async function filesIn(dir: TempDir): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(dir.path)) {
    if (isFile) found.set(name, (await Deno.readFile(dir.join(name))).toHex());
  }
  return found;
}

/** What a verb may end with: an answer, or one of our errors that is no crash. */
async function answered(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "answered";
  } catch (error) {
    ok(error instanceof HoldfastError, String(error));
    ok(error.code !== "INTERNAL", error.message);
    return error.code;
  }
}

Deno.test("peek, diff, drill and export of a hostile file change no file and end", async () => {
  await using dir = await tempDir();
  const { database, hostile } = await planted(dir);
  const before = await filesIn(dir);
  const sound = { database, backup: hostile } as const;
  const from = { ...sound, deadlineMs: SOON } as const;
  equal((await peek({ ...sound, table: "t" })).rows?.rows.length, 2);
  equal(await answered(peek({ ...from, table: "endless" })), "DATABASE_BUSY");
  equal(await answered(peek({ ...sound, table: "loads" })), "USAGE");
  await answered(peek({ ...from, table: "words" }));
  const { tables } = await diff({ ...sound, tables: ["t", "u"], rows: 5 });
  deepEqual(tables.map(({ table, status }) => [table, status]), [["t", "changed"], [
    "u",
    "removed",
  ]]);
  await answered(drill(from));
  await answered(
    exportDatabase({ ...sound, format: "jsonl", tables: ["t"], output: dir.join("out") }),
  );
  equal(
    await Deno.readTextFile(dir.join("out", "t.jsonl")),
    '{"id":1,"x":"planted"}\n{"id":2,"x":"more"}\n',
  );
  deepEqual(await filesIn(dir), before);
  const left = await Array.fromAsync(Deno.readDir(dir.join("backups", ".staging")));
  deepEqual(left.map(({ name }) => basename(name)), []);
});

Deno.test("rescue from a hostile file brings rows only: none of its triggers, views or sidecars", async () => {
  await using dir = await tempDir();
  const { database, hostile } = await planted(dir);
  const { inserted, kept } = await rescue({ database, backup: hostile, table: "t" });
  deepEqual([inserted, kept], [1, 1]);
  using app = new DatabaseSync(database, { readOnly: true });
  const rows = app.prepare("SELECT x FROM t ORDER BY id").all().map(({ x }) => x);
  deepEqual(rows, ["live", "more"]);
  const schema = app.prepare("SELECT name FROM sqlite_schema").all().map(({ name }) => name);
  deepEqual(schema, ["t"]);
  const stolen = "id IN (SELECT count(*) FROM endless)";
  const ending = await answered(
    rescue({ database, backup: hostile, table: "t", where: stolen, deadlineMs: SOON }),
  );
  equal(ending, "DATABASE_BUSY");
});
