import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, restore } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";

/** Everything that a database says and holds, rowids included. */
function contentOf(path: string): Record<string, unknown> {
  using database = new DatabaseSync(path, { enableDoubleQuotedStringLiterals: true });
  const all = (sql: string): unknown[] => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  };
  const pragmas = [
    "page_size",
    "encoding",
    "user_version",
    "application_id",
    "auto_vacuum",
    "journal_mode",
  ];
  const tables = all("PRAGMA table_list")
    .map((row) => row as { schema: string; name: string; type: string; wr: bigint })
    .filter(({ schema, type, name }) =>
      schema === "main" && type !== "view" && !name.startsWith("sqlite_")
    );
  return {
    pragmas: pragmas.map((name) => [name, all(`PRAGMA ${name}`)]),
    schema: all("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"),
    rows: tables.map(({ name, type, wr }) => {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      const rowid = type === "table" && wr === 0n ? "rowid AS _rowid, " : "";
      return [name, digest(database, `SELECT ${rowid}* FROM ${quoted}`)];
    }),
  };
}

/** The rows in a form that holds blobs and 64-bit integers. */
function digest(database: DatabaseSync, sql: string): string {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  const lines: string[] = [];
  for (const row of statement.iterate()) {
    lines.push(
      Object.values(row).map((value) =>
        value instanceof Uint8Array ? `x'${value.toHex()}'` : `${typeof value}:${value}`
      ).join("|"),
    );
  }
  return lines.sort().join("\n");
}

const rich = `
  PRAGMA user_version = 42; PRAGMA application_id = 1196444487;
  CREATE TABLE plain (id INTEGER PRIMARY KEY, a, b BLOB, c REAL);
  INSERT INTO plain VALUES (1, 'text', x'00ff', 1.5), (9007199254740993, NULL, zeroblob(10), 9e999);
  CREATE TABLE norowid (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
  INSERT INTO norowid VALUES ('a', 1), ('b', 2);
  CREATE TABLE loose (x); INSERT INTO loose VALUES (1), (2), (3); DELETE FROM loose WHERE x = 2;
  CREATE TABLE typed (n INTEGER, t TEXT, g TEXT AS (t || n) STORED, v INTEGER AS (n * 2)) STRICT;
  INSERT INTO typed (n, t) VALUES (1, 'x'), (2, 'y');
  CREATE VIRTUAL TABLE words USING fts5 (body); INSERT INTO words VALUES ('hold fast'), ('let go');
  CREATE VIRTUAL TABLE boxes USING rtree (id, minx, maxx); INSERT INTO boxes VALUES (1, 0, 2);
  CREATE VIEW seen AS SELECT a FROM plain;
  CREATE TRIGGER kept AFTER INSERT ON loose BEGIN UPDATE plain SET c = c + 1; END;
  CREATE INDEX part ON plain (a) WHERE a IS NOT NULL;
`;

for (const engine of ["online", "clone", "compact"] as const) {
  Deno.test(`backup with ${engine} preserves the content and the settings`, async () => {
    for (
      const setting of [
        "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL;",
        "PRAGMA page_size = 65536; PRAGMA encoding = 'UTF-16le';",
        "PRAGMA auto_vacuum = INCREMENTAL;",
      ]
    ) {
      await using dir = await tempDir();
      const database = dir.join("app.db");
      {
        using app = new DatabaseSync(database);
        app.exec(`${setting} ${rich}`);
      }
      const { name } = await backup({ database, engine });
      await restore({ database, backup: name, to: dir.join("copy.db") });
      const [there, here] = [contentOf(dir.join("copy.db")), contentOf(database)];
      if (engine === "compact") {
        // VACUUM INTO writes a file in rollback mode, and numbers rowids anew.
        deepEqual(there.schema, here.schema);
      } else deepEqual(there, here);
    }
  });
}

const folder = new URL("../../../shared/databases/", import.meta.url);
const names = databasesIn(folder);
Deno.test({
  name: names.length > 0
    ? "backup and restore make the round trip with every public database"
    : "backup and restore make the round trip with every public database (no folder shared/databases)",
  ignore: names.length === 0,
  fn: async () => {
    for (const name of names) {
      await using dir = await tempDir();
      const database = dir.join(name);
      Deno.copyFileSync(new URL(name, folder), database);
      Deno.chmodSync(database, 0o600);
      const before = contentOf(database);
      const taken = await backup({ database });
      ok(taken.proof === "checked", name);
      await restore({ database, backup: taken.name, to: dir.join("copy.db") });
      deepEqual(contentOf(dir.join("copy.db")), before, name);
      const restored = await restore({ database, backup: taken.name });
      equal(restored.requiresRestart, false);
      deepEqual(contentOf(database), before, name);
    }
  },
});

function databasesIn(url: URL): string[] {
  try {
    return [...Deno.readDirSync(url)].map(({ name }) => name).filter((name) =>
      name !== "README.md"
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
