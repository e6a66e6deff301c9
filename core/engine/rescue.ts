/**
 * Brings rows of an artifact back into one table of the live database, in one
 * transaction. Two connections, never ATTACH.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { sameRow } from "./compare_cells.ts";
import { execute } from "./execute.ts";
import { guardReading } from "./guard_reading.ts";
import { oneExpression } from "./one_expression.ts";
import { openArtifact, openLive, refuseReplaced } from "./open.ts";
import { noSuchTable } from "./peek.ts";
import type { EngineProgress } from "./protocol.ts";
import { pragma, tablesOf } from "./read_facts.ts";
import { keepLaterCommits } from "./restore_in_place.ts";
import { type Row, rowsOf } from "./row_reader.ts";
import { Shower, type ShownRow } from "./shown_value.ts";
import { sqliteCode } from "./sqlite_error.ts";
import { shapeOf, type TableShape } from "./table_shape.ts";
import { unreadable } from "./unreadable.ts";
import { type RowTarget, RowWriter } from "./write_row.ts";

/** What is brought back. */
export interface RescueRequest {
  /** Absolute path of the artifact, alone in a private folder. */
  readonly artifact: string;
  /** Absolute path of the live database, links resolved. */
  readonly live: string;
  readonly table: string;
  /** An expression that the rows of the artifact must fulfil. */
  readonly where?: string | undefined;
  /** Also overwrite rows that differ. */
  readonly replace: boolean;
  /** Count only. */
  readonly dryRun: boolean;
  /** Milliseconds to wait for a lock. */
  readonly busyMs: number;
  /** The moment of the safety backup. */
  readonly safetyMoment?: string | undefined;
  /** When that was read, milliseconds since 1970. */
  readonly safetyAt?: number | undefined;
  /** Where the safety snapshot is taken again inside the lock, if anything was committed since. */
  readonly safetyAgain?: string | undefined;
}

/** What was brought back, or would be. */
export interface RescueJobResult {
  /** The table as the live database spells it. */
  readonly table: string;
  /** Rows that the live database lacked. */
  readonly inserted: number;
  /** Rows that differed and were overwritten. */
  readonly replaced: number;
  /** Rows that differ and were left as they are. */
  readonly kept: number;
  /** Rows that are there already. */
  readonly same: number;
  /** The keys of the first rows that were inserted or replaced. */
  readonly keys: readonly ShownRow[];
  /** Columns of the backup that the live table does not have. */
  readonly leftOut: readonly string[];
}

type Tell = (progress: EngineProgress) => void;

const MOST_KEYS = 20;
const TELL_EVERY = 5_000;

/** Brings the rows back; throwing rolls all of it back. */
export function rescue(request: RescueRequest, tell: Tell): RescueJobResult {
  const artifact = openArtifact(request.artifact);
  try {
    guardReading(artifact);
    const live = openLive(request.live, request.busyMs);
    try {
      if (request.dryRun) {
        execute(live, "BEGIN");
        return bringBack({ artifact, live, request, tell });
      }
      execute(live, "PRAGMA foreign_keys = ON");
      execute(live, "BEGIN IMMEDIATE");
      keepLaterCommits(request);
      // A row may come before the one that it refers to.
      execute(live, "PRAGMA defer_foreign_keys = ON");
      const result = bringBack({ artifact, live, request, tell });
      refuseReplaced(request.live);
      commit(live, result.table);
      return result;
    } finally {
      live.close();
    }
  } finally {
    artifact.close();
  }
}

interface Work {
  readonly artifact: DatabaseSync;
  readonly live: DatabaseSync;
  readonly request: RescueRequest;
  readonly tell: Tell;
}

function bringBack({ artifact, live, request, tell }: Work): RescueJobResult {
  const from = tableIn(artifact, request.table);
  const to = tableIn(live, request.table);
  refuseOtherKey({ artifact, live }, from, to);
  const columns = [...from.key, ...sharedColumns(from, to)];
  const target: RowTarget = {
    table: to.name,
    columns: [...to.key, ...columns.slice(to.key.length)],
    keyCount: to.key.length,
  };
  const writer = new RowWriter(live, target);
  const shower = new Shower(String(pragma(artifact, "encoding")));
  const counts = { inserted: 0, replaced: 0, kept: 0, same: 0 };
  const keys: ShownRow[] = [];
  let read = 0;
  for (const row of wanted(artifact, from, { columns, where: request.where })) {
    if (read++ % TELL_EVERY === 0) {
      tell({ phase: "restore", done: read - 1, unit: "rows", item: to.name });
    }
    const outcome = bringRow(writer, row, request, () => keyText(shower.row(row, to.key), to.name));
    counts[outcome]++;
    const changed = outcome === "inserted" || outcome === "replaced";
    if (changed && keys.length < MOST_KEYS) keys.push(shower.row(row, to.key));
  }
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const leftOut = from.columns.map(({ name }) => name)
    .filter((name) => !known.has(name.toLowerCase()));
  return { table: to.name, ...counts, keys, leftOut };
}

function bringRow(
  writer: RowWriter,
  row: Row,
  { replace, dryRun }: RescueRequest,
  which: () => string,
): "inserted" | "replaced" | "kept" | "same" {
  try {
    const there = writer.find(row);
    if (there !== undefined && sameRow(there, row)) return "same";
    if (there !== undefined && !replace) return "kept";
    if (there === undefined) {
      if (!dryRun) writer.insert(row);
      return "inserted";
    }
    if (!dryRun) writer.update(row);
    return "replaced";
  } catch (cause) {
    throw refusedBySqlite(cause, `Cannot bring back ${which()}`);
  }
}

/** The rows of the artifact that are asked for. */
function* wanted(
  artifact: DatabaseSync,
  { name }: TableShape,
  { columns, where }: { readonly columns: readonly string[]; readonly where?: string | undefined },
): Generator<Row, void, void> {
  const condition = where === undefined ? undefined : oneExpression(where);
  const rows = rowsOf(artifact, { table: name, columns, where: condition });
  while (true) {
    const next = guarded(where, () => rows.next());
    if (next.done === true) return;
    yield next.value;
  }
}

function guarded<T>(where: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = unreadable(error);
    const message = where === undefined
      ? `Cannot read the table in the backup: ${why}`
      : `Cannot use the condition "${where}": ${why}`;
    throw new HoldfastError("USAGE", message, {
      hint: "It is an expression over the columns of the table in the backup.",
      cause: error,
    });
  }
}

function tableIn(database: DatabaseSync, table: string): TableShape {
  const tables = tablesOf(database);
  const found = tables.find(({ name }) => name.toLowerCase() === table.toLowerCase());
  if (found === undefined) throw noSuchTable(table, tables.map(({ name }) => name));
  if (!found.virtual) return shapeOf(database, found);
  throw new HoldfastError(
    "USAGE",
    `Cannot bring rows back into "${table}": it is a virtual table`,
    {
      hint: "Bring back the rows of the table that it is made from.",
    },
  );
}

/** Rows can be told apart only where both sides do it in the same way. */
function refuseOtherKey(
  { artifact, live }: { readonly artifact: DatabaseSync; readonly live: DatabaseSync },
  from: TableShape,
  to: TableShape,
): void {
  const key = ({ key, keyIsRowid }: TableShape): string =>
    keyIsRowid && key.length > 0 ? "rowid" : key.join(", ").toLowerCase();
  const encodings = [pragma(artifact, "encoding"), pragma(live, "encoding")];
  const why = key(from) !== key(to)
    ? `its primary key was (${key(from)}) and is (${key(to)})`
    : from.key.length === 0
    ? "nothing tells its rows apart"
    : encodings[0] !== encodings[1]
    ? `the text is ${encodings[0]} there and ${encodings[1]} here`
    : undefined;
  if (why === undefined) return;
  throw new HoldfastError("USAGE", `Cannot bring rows of "${to.name}" back: ${why}`, {
    hint: "Restore the backup into another file with --to and copy the rows there.",
  });
}

function sharedColumns(from: TableShape, to: TableShape): string[] {
  const key = new Set(from.key.map((name) => name.toLowerCase()));
  const there = new Set(to.columns.map(({ name }) => name.toLowerCase()));
  return from.columns.map(({ name }) => name)
    .filter((name) => there.has(name.toLowerCase()) && !key.has(name.toLowerCase()));
}

function commit(live: DatabaseSync, table: string): void {
  try {
    execute(live, "COMMIT");
  } catch (cause) {
    if (sqliteCode(cause) !== 19) throw cause;
    throw new HoldfastError(
      "RESTORE_FAILED",
      `Cannot bring the rows of "${table}" back: they refer to rows that are not there`,
      {
        hint: "Nothing was changed. Bring back the rows of the other table first.",
        cause,
      },
    );
  }
}

function refusedBySqlite(cause: unknown, what: string): unknown {
  const code = sqliteCode(cause);
  if (!(cause instanceof Error) || (code !== 19 && code !== 1)) return cause;
  return new HoldfastError("RESTORE_FAILED", `${what}: ${cause.message}`, {
    hint: "Nothing was changed. Leave the row out with --where, or bring back first what it needs.",
    cause,
  });
}

function keyText(key: ShownRow, table: string): string {
  const values = Object.entries(key).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return `the row ${values.join(", ")} of "${table}"`;
}
