import { deepEqual, equal, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { rowsOf } from "./row_reader.ts";
import { sqliteCode } from "./sqlite_error.ts";

Deno.test("rowsOf() reads text as bytes and integers whole, in order, from wide tables too", () => {
  using database = new DatabaseSync(":memory:");
  const names = Array.from({ length: 1_500 }, (_, at) => `c "${at}`);
  const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`);
  database.exec(`CREATE TABLE wide (${quoted.join(", ")})`);
  database.exec(`INSERT INTO wide (${quoted[0]}) VALUES (2), (9223372036854775807), (1.5)`);
  database.exec(`INSERT INTO wide (${quoted[0]}) VALUES ('a' || char(0)), (CAST(x'ff' AS TEXT))`);
  const query = { table: "wide", columns: names, orderBy: [quoted[0] ?? ""] };
  const rows = [...rowsOf(database, query)];
  deepEqual(rows.map(({ cells }) => cells[0]), [
    1.5,
    2n,
    9223372036854775807n,
    new Uint8Array([97, 0]),
    new Uint8Array([255]),
  ]);
  equal(rows[0]?.types, `r${"n".repeat(1_499)}`);
});

Deno.test("rowsOf() throws where a step in the middle fails, and does not end early", () => {
  using database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3);
    CREATE VIEW v AS SELECT x, CASE x WHEN 2 THEN abs(-9223372036854775808) END AS y FROM t`);
  const seen: unknown[] = [];
  throws(() => {
    for (const row of rowsOf(database, { table: "v", columns: ["x", "y"] })) seen.push(row);
  }, (error) => sqliteCode(error) === 1);
  equal(seen.length, 1);
});

Deno.test("rowsOf() streams: it holds no copy of the table", () => {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM
    (SELECT id, x FROM t ORDER BY id COLLATE BINARY LIMIT -1) UNION ALL SELECT NULL, NULL`).all();
  const details = plan.map(({ detail }) => String(detail)).join("\n");
  equal(/MATERIALIZE|TEMP B-TREE/.test(details), false, details);
});
