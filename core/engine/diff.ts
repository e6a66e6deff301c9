/**
 * Compares an artifact with another one, or with a live database inside one read
 * transaction. Two connections, never ATTACH.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { diffRows, type DiffRowsOptions, type RowCounts, type Side } from "./diff_tables.ts";
import { execute } from "./execute.ts";
import { guardReading } from "./guard_reading.ts";
import { openArtifact, openLive } from "./open.ts";
import { noSuchTable } from "./peek.ts";
import type { EngineProgress } from "./protocol.ts";
import { pragma, tablesOf } from "./read_facts.ts";
import { type SchemaChange, schemaChanges } from "./schema_changes.ts";
import { shapeOf } from "./table_shape.ts";
import { unreadable } from "./unreadable.ts";

/** What is compared. */
export interface DiffRequest {
  /** Absolute path of the artifact that is the state before. */
  readonly before: string;
  /** Absolute path of the state after. */
  readonly after: string;
  /** The state after is a live database. */
  readonly live: boolean;
  /** Only these tables. */
  readonly tables?: readonly string[] | undefined;
  /** Rows that differ to give back at most, for each table. */
  readonly rows: number;
  /** Milliseconds to wait for a lock. */
  readonly busyMs: number;
}

/** What differs in one table. */
export interface TableDiff extends RowCounts {
  /** The table's name. */
  readonly table: string;
  /** `added` and `removed`: the table is on one side only. `unknown`: see `why`. */
  readonly status: "same" | "changed" | "added" | "removed" | "unknown";
  /** Why the rows could not be compared. */
  readonly why?: string | undefined;
}

/** What differs. */
export interface DiffJobResult {
  readonly schema: readonly SchemaChange[];
  readonly tables: readonly TableDiff[];
}

type Tell = (progress: EngineProgress) => void;

/** Compares them. */
export function diff(request: DiffRequest, tell: Tell): DiffJobResult {
  const before = openArtifact(request.before);
  try {
    const after = request.live
      ? openLive(request.after, request.busyMs)
      : openArtifact(request.after);
    try {
      if (request.live) execute(after, "BEGIN");
      guardReading(before);
      guardReading(after);
      return {
        schema: schemaChanges(before, after),
        tables: diffAll(before, after, request, tell),
      };
    } finally {
      after.close();
    }
  } finally {
    before.close();
  }
}

function diffAll(
  before: DatabaseSync,
  after: DatabaseSync,
  request: DiffRequest,
  tell: Tell,
): TableDiff[] {
  const old = new Set(tablesOf(before).map(({ name }) => name));
  const now = new Set(tablesOf(after).map(({ name }) => name));
  const all = [...new Set([...old, ...now])].sort();
  const names = request.tables?.map((name) => named(name, all)) ?? all;
  return names.map((table, index) => {
    const onRows = (done: number): void =>
      tell({
        phase: "read",
        done,
        unit: "rows",
        item: `${table} (${index + 1} of ${names.length})`,
      });
    const options = { most: request.rows, onRows };
    if (!now.has(table)) return oneSided(before, table, "removed");
    if (!old.has(table)) return oneSided(after, table, "added");
    return diffTable(sideOf(before, table), sideOf(after, table), options);
  });
}

function named(name: string, all: readonly string[]): string {
  const found = all.find((each) => each.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw noSuchTable(name, all);
  return found;
}

function sideOf(database: DatabaseSync, table: string): Side {
  const shape = shapeOf(database, { name: table });
  return { database, shape, encoding: String(pragma(database, "encoding")) };
}

/** Why rows cannot be told apart on both sides in the same way. */
function whyNot(before: Side, after: Side): string | undefined {
  if (before.encoding !== after.encoding) {
    return `the text is ${before.encoding} on one side and ${after.encoding} on the other`;
  }
  const key = (side: Side): string => side.shape.key.join(", ").toLowerCase();
  if (key(before) !== key(after)) return `the primary key was (${key(before)}), is (${key(after)})`;
  return before.shape.key.length === 0 ? "nothing tells its rows apart" : undefined;
}

const nothing: RowCounts = { added: 0, removed: 0, changed: 0, same: 0, rows: [] };

function diffTable(before: Side, after: Side, options: DiffRowsOptions): TableDiff {
  const table = before.shape.name;
  const why = whyNot(before, after);
  if (why !== undefined) return { table, status: "unknown", why, ...nothing };
  try {
    const counts = diffRows(before, after, options);
    const differs = counts.added + counts.removed + counts.changed > 0;
    return { table, status: differs ? "changed" : "same", ...counts };
  } catch (error) {
    return { table, status: "unknown", why: unreadable(error), ...nothing };
  }
}

/** A table of one side: all of its rows were added or removed. */
function oneSided(
  database: DatabaseSync,
  table: string,
  status: "added" | "removed",
): TableDiff {
  try {
    const row = database.prepare(`SELECT count(*) AS n FROM "${table.replaceAll('"', '""')}"`)
      .get();
    return { table, status, ...nothing, [status]: Number(row?.n ?? 0) };
  } catch (error) {
    return { table, status, why: unreadable(error), ...nothing };
  }
}
