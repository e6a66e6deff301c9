import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type TempDir, tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { Catalog } from "./catalog/catalog.ts";
import { HoldfastError } from "./errors.ts";
import { exportDatabase, type ExportResult } from "./export.ts";

const VALUES = `CREATE TABLE "odd ""name/é" (a, "b,c", d AS (a) STORED);
  INSERT INTO "odd ""name/é" (a, "b,c") VALUES
    (NULL, ''), (1, '1'), (-9223372036854775808, 9223372036854775807), (9007199254740993, 1.0),
    (1.5, -0.0), (9e999, -9e999), (1e300, 0.1), (5e-324, 123456789012345680.0),
    ('a,b "q"' || char(13, 10) || 'two', 'NULL'), ('=1+1', 'x''00'''),
    (x'', x'00ff0a'), ('nul' || char(0) || 'l', CAST(x'00d8' AS TEXT)), ('é😀' || char(8232), '\\n');
  CREATE TABLE one (x); INSERT INTO one VALUES (NULL), (''), ('end'), (NULL);
  CREATE TABLE empty (x, y);
  CREATE INDEX by_x ON one (x); CREATE VIEW v AS SELECT * FROM one;
  CREATE VIRTUAL TABLE f USING fts5(words); INSERT INTO f VALUES ('hello')`;

async function made(dir: TempDir, sql = VALUES): Promise<string> {
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(sql);
  return await Promise.resolve(database);
}

function withCode(code: HoldfastError["code"]): (error: unknown) => boolean {
  return (error) => error instanceof HoldfastError && error.code === code;
}

Deno.test("exportDatabase replaces neither the database nor a backup, whatever it is told", async () => {
  await using dir = await tempDir();
  const database = await made(dir, "CREATE TABLE t (x)");
  const { path } = await backup({ database });
  for (const output of [database, path, dir.join("backups", "catalog.db")]) {
    const before = Deno.statSync(output).ino;
    await rejects(exportDatabase({ database, output, force: true }), withCode("USAGE"));
    equal(Deno.statSync(output).ino, before);
  }
});

/** Every value of every table with its type. */
function contentOf(path: string): unknown {
  using database = new DatabaseSync(path, { readOnly: true });
  const columns = { 'odd "name/é': ["a", "b,c"], one: ["x"], empty: ["x", "y"], f: ["words"] };
  return Object.entries(columns).map(([table, names]) => {
    const values = names.map((name) =>
      `typeof("${name}") || ' ' || quote(CAST("${name}" AS BLOB))`
    );
    return database.prepare(`SELECT ${values.join(", ")} FROM "${table.replaceAll('"', '""')}"`)
      .all().map((row) => Object.values(row));
  });
}

/** A value to insert, and how: text of bytes needs a cast. */
type Value = SQLInputValue | { readonly text: Uint8Array };

/** Makes a database of the exported folder, by what docs/export.md says. */
async function imported(
  { output, tables }: ExportResult,
  path: string,
  read: (text: string, names: readonly string[]) => Value[][],
): Promise<void> {
  using database = new DatabaseSync(path);
  const { encoding } = JSON.parse(await Deno.readTextFile(`${output}/export.json`));
  database.exec(`PRAGMA encoding = '${encoding}'`);
  database.exec(await Deno.readTextFile(`${output}/schema.sql`));
  for (const { table, file, columns } of tables) {
    const names = columns.map(({ name }) => name);
    const quoted = names.map((name) => `"${name}"`).join(", ");
    for (const row of read(await Deno.readTextFile(`${output}/${file}`), names)) {
      const marks = row.map((value) => isText(value) ? "CAST(? AS TEXT)" : "?").join(", ");
      database.prepare(`INSERT INTO "${table.replaceAll('"', '""')}" (${quoted}) VALUES (${marks})`)
        .run(...row.map((value) => isText(value) ? value.text : value));
    }
  }
}

function isText(value: Value): value is { readonly text: Uint8Array } {
  return typeof value === "object" && value !== null && "text" in value;
}

function readCsv(text: string): Value[][] {
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  const rows: Value[][] = [];
  let row: Value[] = [];
  for (const [, value = "", end] of text.matchAll(field)) {
    row.push(csvValue(value));
    if (end !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  return rows.slice(1);
}

function csvValue(text: string): Value {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  if (text === "") return null;
  const hex = /^([XT])'(.*)'$/.exec(text);
  if (hex !== null) {
    const bytes = Uint8Array.fromHex(hex[2] ?? "");
    return hex[1] === "X" ? bytes : { text: bytes };
  }
  return numberOf(text);
}

function numberOf(text: string): Value {
  return /^-?\d+$/.test(text) && text !== "-0" ? BigInt(text) : Number(text);
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

function readJson(text: string, names: readonly string[]): Value[][] {
  const revive: Reviver = (_, value, { source }) =>
    typeof value === "number" ? numberOf(source ?? "") : value;
  const rows: Record<string, unknown>[] = JSON.parse(text, revive as never);
  return rows.map((row) => names.map((name) => jsonValue(row[name])));
}

function jsonValue(value: unknown): Value {
  if (typeof value !== "object" || value === null) return value as SQLInputValue;
  if ("$blob" in value) return Uint8Array.fromBase64(String(value.$blob));
  return { text: Uint8Array.fromBase64("$text" in value ? String(value.$text) : "") };
}

Deno.test("exportDatabase() writes CSV that reads back without a loss", async () => {
  await using dir = await tempDir();
  const database = await made(dir);
  const result = await exportDatabase({ database, format: "csv", output: dir.join("out") });
  await imported(result, dir.join("back.db"), readCsv);
  deepEqual(contentOf(dir.join("back.db")), contentOf(database));
  deepEqual(result.tables.map(({ file, rows }) => [file, rows]), [
    ["empty.csv", 0],
    ["f.csv", 1],
    ["odd %22name%2f%c3%a9.csv", 13],
    ["one.csv", 4],
  ]);
  equal(await Deno.readTextFile(dir.join("out", "one.csv")), '"x"\r\n\r\n""\r\n"end"\r\n\r\n');
  equal(await Deno.readTextFile(dir.join("out", "empty.csv")), '"x","y"\r\n');
});

Deno.test("exportDatabase() writes JSON and JSON lines that read back without a loss", async () => {
  await using dir = await tempDir();
  const database = await made(dir, `PRAGMA encoding = 'UTF-16le'; ${VALUES}`);
  await backup({ database });
  const options = { database, backup: "latest" } as const;
  const json = await exportDatabase({ ...options, format: "json", output: dir.join("j") });
  await imported(json, dir.join("j.db"), readJson);
  const lines = await exportDatabase({ ...options, format: "jsonl", output: dir.join("l") });
  await imported(
    lines,
    dir.join("l.db"),
    (text, names) => readJson(`[${text.trimEnd().replaceAll("\n", ",")}]`, names),
  );
  for (const path of ["j.db", "l.db"]) {
    deepEqual(contentOf(dir.join(path)), contentOf(database), path);
  }
});

Deno.test("exportDatabase() gives a file its usual name and replaces nothing without force", async () => {
  await using dir = await tempDir();
  const database = await made(dir);
  const { output, bytes } = await exportDatabase({ database, output: `${dir.path}/` });
  match(output, /\/app_backup_\d{4}-\d\d-\d\d\.db$/);
  equal((await Deno.stat(output)).size, bytes);
  deepEqual(contentOf(output), contentOf(database));
  await rejects(exportDatabase({ database, output }), withCode("DESTINATION_EXISTS"));
  equal((await exportDatabase({ database, output, force: true })).output, output);
  await rejects(
    exportDatabase({ database, output: dir.path, format: "db", tables: ["one"] }),
    withCode("USAGE"),
  );
  const folder = dir.join("mine");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/letter.txt`, "dear");
  const inside = await exportDatabase({
    database,
    format: "json",
    output: folder,
    tables: ["ONE"],
  });
  ok(inside.output.startsWith(`${folder}/app_backup_`));
  deepEqual(inside.tables.map(({ table }) => table), ["one"]);
  const again = { database, format: "csv", output: inside.output } as const;
  await rejects(exportDatabase(again), withCode("DESTINATION_EXISTS"));
  equal((await exportDatabase({ ...again, force: true })).output, inside.output);
  equal(await Deno.readTextFile(`${folder}/letter.txt`), "dear");
  await rejects(
    exportDatabase({ database, format: "csv", tables: ["nothing"], output: dir.join("x") }),
    withCode("USAGE"),
  );
  deepEqual((await leftovers(dir)).filter((name) => name.startsWith(".")), []);
});

async function leftovers(dir: TempDir): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(dir.path))).map(({ name }) => name).sort();
}

Deno.test("exportDatabase() leaves nothing behind where it is stopped or the backup is damaged", async () => {
  await using dir = await tempDir();
  const database = await made(
    dir,
    `CREATE TABLE t (x); WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 50000)
     INSERT INTO t SELECT i || ' some text for row' FROM c`,
  );
  const taken = await backup({ database });
  const before = await leftovers(dir);
  const controller = new AbortController();
  await rejects(
    exportDatabase({
      database,
      format: "csv",
      output: dir.join("out"),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "progress" && event.phase === "write") controller.abort();
      },
    }),
    withCode("EXPORT_CANCELLED"),
  );
  deepEqual(await leftovers(dir), before);
  {
    using file = await Deno.open(taken.path, { write: true });
    await file.seek(40_960, Deno.SeekMode.Start);
    await file.write(new Uint8Array(8_192).fill(0xa5));
  }
  for (const format of ["db", "csv"] as const) {
    await rejects(
      exportDatabase({ database, backup: taken.id, format, output: dir.join("out") }),
      (error) => withCode("BACKUP_INVALID")(error) || withCode("DATABASE_CORRUPT")(error),
      format,
    );
  }
  deepEqual(await leftovers(dir), before);
  using catalog = Catalog.openToRead(dir.join("backups"));
  const noted = catalog?.runs({ jobs: ["export"] }).map(({ outcome, details }) =>
    `${details.format} ${outcome}`
  );
  deepEqual(noted, ["csv failed", "db failed", "csv cancelled"]);
});
