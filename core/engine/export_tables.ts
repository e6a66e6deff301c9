/**
 * Writes the tables of an artifact as CSV, JSON or JSON lines, row by row.
 *
 * @module
 * @see https://www.rfc-editor.org/rfc/rfc4180 and https://www.rfc-editor.org/rfc/rfc8259
 */

import type { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { BufferedFile } from "./buffered_file.ts";
import { csvField, type Decode, decoderFor, jsonText } from "./exact_text.ts";
import { guardReading } from "./guard_reading.ts";
import { openArtifact } from "./open.ts";
import { noSuchTable } from "./peek.ts";
import type { EngineProgress } from "./protocol.ts";
import { pragma, tablesOf } from "./read_facts.ts";
import { type Row, rowsOf } from "./row_reader.ts";
import { tableFileName } from "./table_file_name.ts";
import { type Column, shapeOf } from "./table_shape.ts";
import { unreadable } from "./unreadable.ts";

/** How tables are written. */
export type TableFormat = "csv" | "json" | "jsonl";

/** What is written. */
export interface ExportRequest {
  /** Absolute path of the artifact, alone in a private folder. */
  readonly path: string;
  /** The folder, empty, that gets a file per table. */
  readonly folder: string;
  readonly format: TableFormat;
  /** Only these tables. */
  readonly tables?: readonly string[] | undefined;
}

/** One table as it was written. */
export interface ExportedTable {
  /** The table's name. */
  readonly table: string;
  /** The name of its file. */
  readonly file: string;
  /** How many rows it has. */
  readonly rows: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** The columns that were written. */
  readonly columns: readonly Column[];
}

/** Everything that was written. */
export interface ExportJobResult {
  readonly encoding: string;
  readonly tables: readonly ExportedTable[];
  /** Tables that cannot be read here, with SQLite's reason. */
  readonly skipped: readonly { readonly table: string; readonly why: string }[];
  /** The SQL that makes the schema. */
  readonly schema: string;
}

type Tell = (progress: EngineProgress) => void;

const TELL_EVERY = 10_000;

/** Writes them. */
export function exportTables(request: ExportRequest, tell: Tell): ExportJobResult {
  const database = openArtifact(request.path);
  try {
    guardReading(database);
    const encoding = String(pragma(database, "encoding"));
    const decode = decoderFor(encoding);
    const taken = new Set(["schema", "export"]);
    const tables: ExportedTable[] = [];
    const skipped: { table: string; why: string }[] = [];
    for (const table of chosen(database, request.tables)) {
      const file = `${tableFileName(table, taken)}.${request.format}`;
      const work = { database, request, tell, decode, table, file };
      try {
        tables.push(writeTable(work));
      } catch (error) {
        skipped.push({ table, why: unreadable(error) });
        Deno.removeSync(join(request.folder, file));
      }
    }
    return { encoding, tables, skipped, schema: schemaOf(database) };
  } finally {
    database.close();
  }
}

function chosen(database: DatabaseSync, wanted: readonly string[] | undefined): string[] {
  const all = tablesOf(database).map(({ name }) => name);
  const find = (name: string): string => {
    const found = all.find((each) => each.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw noSuchTable(name, all);
    return found;
  };
  return wanted === undefined ? all : [...new Set(wanted.map(find))];
}

interface TableWork {
  readonly database: DatabaseSync;
  readonly request: ExportRequest;
  readonly tell: Tell;
  readonly decode: Decode;
  readonly table: string;
  readonly file: string;
}

function writeTable(work: TableWork): ExportedTable {
  const { database, request, tell, decode, table, file } = work;
  const output = new BufferedFile(join(request.folder, file));
  try {
    const { columns } = shapeOf(database, { name: table });
    const names = columns.map(({ name }) => name);
    const form = forms[request.format](names, decode);
    output.write(form.before);
    let rows = 0;
    for (const row of rowsOf(database, { table, columns: names })) {
      output.write((rows === 0 ? "" : form.between) + form.row(row));
      if (++rows % TELL_EVERY === 0) {
        tell({ phase: "write", done: rows, unit: "rows", item: table });
      }
    }
    output.write(rows === 0 ? form.empty : form.after);
    tell({ phase: "write", done: rows, total: rows, unit: "rows", item: table });
    return { table, file, rows, bytes: output.close(), columns };
  } catch (error) {
    output.close();
    throw error;
  }
}

/** The text around and between the rows. */
interface Form {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** In place of `after` where there are no rows. */
  readonly empty: string;
  readonly row: (row: Row) => string;
}

const forms: Readonly<Record<TableFormat, (names: readonly string[], decode: Decode) => Form>> = {
  csv: (names, decode) => ({
    before: `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\r\n`,
    between: "\r\n",
    after: "\r\n",
    empty: "",
    row: ({ types, cells }) =>
      cells.map((cell, at) => csvField(types[at] ?? "n", cell, decode)).join(","),
  }),
  json: (names, decode) => ({
    before: "[",
    between: ",",
    after: "\n]\n",
    empty: "]\n",
    row: (row) => `\n${jsonRow(row, names, decode)}`,
  }),
  jsonl: (names, decode) => ({
    before: "",
    between: "\n",
    after: "\n",
    empty: "",
    row: (row) => jsonRow(row, names, decode),
  }),
};

function jsonRow({ types, cells }: Row, names: readonly string[], decode: Decode): string {
  const pairs = cells.map((cell, at) =>
    `${JSON.stringify(names[at] ?? "")}:${jsonText(types[at] ?? "n", cell, decode)}`
  );
  return `{${pairs.join(",")}}`;
}

/** Tables first: indexes, views and triggers refer to them. A module makes its shadow tables. */
function schemaOf(database: DatabaseSync): string {
  const list = database.prepare("PRAGMA table_list").all();
  const shadows = new Set(list.filter(({ type }) => type === "shadow").map(({ name }) => name));
  const rows = database.prepare(
    `SELECT tbl_name, name, sql FROM sqlite_schema WHERE sql IS NOT NULL
     ORDER BY type <> 'table', rowid`,
  ).all();
  return rows
    .filter(({ name, tbl_name }) => !shadows.has(tbl_name) && !String(name).startsWith("sqlite_"))
    .map(({ sql }) => `${sql};\n`).join("");
}
