/**
 * What differs between the rows of one table in two databases: a merge of two cursors
 * in the order of the key, so that the memory does not grow with the rows.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { compareKeys, sameRow } from "./compare_cells.ts";
import { quoteIdentifier } from "./read_facts.ts";
import { type Row, rowsOf } from "./row_reader.ts";
import { Shower, type ShownRow } from "./shown_value.ts";
import type { TableShape } from "./table_shape.ts";

/** One row that differs. */
export interface RowChange {
  /** What happened to the row. */
  readonly change: "added" | "removed" | "changed";
  /** The values of the key by column. */
  readonly key: ShownRow;
  /** The row before; of a changed one only the columns that differ. */
  readonly before?: ShownRow | undefined;
  /** Its values now; of a changed one those that differ. */
  readonly after?: ShownRow | undefined;
}

/** How many rows differ. */
export interface RowCounts {
  /** Rows that only the later one has. */
  readonly added: number;
  /** Rows that only the earlier one has. */
  readonly removed: number;
  /** Rows that both have, with other values. */
  readonly changed: number;
  /** Rows that are the same. */
  readonly same: number;
  /** The first rows that differ. */
  readonly rows: readonly RowChange[];
}

/** One side: an open database and how it has the table. */
export interface Side {
  readonly database: DatabaseSync;
  readonly shape: TableShape;
  readonly encoding: string;
}

/** What {@linkcode diffRows} is given. */
export interface DiffRowsOptions {
  /** Rows that differ to give back at most. */
  readonly most: number;
  /** Called now and then with the rows that were read so far. */
  readonly onRows: (count: number) => void;
}

/** Rows between two words. */
const TELL_EVERY = 20_000;

/** Walks through both sides at once. Both have the same key and the same encoding. */
export function diffRows(before: Side, after: Side, options: DiffRowsOptions): RowCounts {
  const { key } = before.shape;
  const columns = commonColumns(before.shape, after.shape);
  const names = [...key, ...columns];
  const shower = new Shower(before.encoding);
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  const rows: RowChange[] = [];
  const note = (kind: RowChange["change"], was: Row | undefined, is: Row | undefined): void => {
    counts[kind]++;
    if (rows.length < options.most) rows.push(changeOf(kind, { was, is, key, columns, shower }));
  };
  const old = cursor(before, names);
  const now = cursor(after, names);
  for (let read = 0; old.row !== undefined || now.row !== undefined; read++) {
    if (read % TELL_EVERY === 0) options.onRows(read);
    const order = orderOf(old.row, now.row, key.length);
    if (order < 0) note("removed", old.row, undefined);
    else if (order > 0) note("added", undefined, now.row);
    else if (old.row === undefined || now.row === undefined || sameRow(old.row, now.row)) {
      counts.same++;
    } else note("changed", old.row, now.row);
    if (order <= 0) old.next();
    if (order >= 0) now.next();
  }
  return { ...counts, rows };
}

/** Columns that both sides have, without those of the key. */
function commonColumns(before: TableShape, after: TableShape): string[] {
  const other = new Set(after.columns.map(({ name }) => name.toLowerCase()));
  const key = new Set(before.key.map((name) => name.toLowerCase()));
  return before.columns.map(({ name }) => name)
    .filter((name) => other.has(name.toLowerCase()) && !key.has(name.toLowerCase()));
}

interface Cursor {
  row: Row | undefined;
  next(): void;
}

/** The rows in the order of the key, whatever collation its columns have. */
function cursor({ database, shape }: Side, names: readonly string[]): Cursor {
  const orderBy = shape.key.map((name) => `${quoteIdentifier(name)} COLLATE BINARY`);
  const rows = rowsOf(database, { table: shape.name, columns: names, orderBy });
  const take = (): Row | undefined => {
    const next = rows.next();
    return next.done === true ? undefined : next.value;
  };
  return {
    row: take(),
    next() {
      this.row = take();
    },
  };
}

function orderOf(old: Row | undefined, now: Row | undefined, count: number): number {
  if (old === undefined) return now === undefined ? 0 : 1;
  return now === undefined ? -1 : compareKeys(old, now, count);
}

function changeOf(
  change: RowChange["change"],
  { was, is, key, columns, shower }: {
    readonly was: Row | undefined;
    readonly is: Row | undefined;
    readonly key: readonly string[];
    readonly columns: readonly string[];
    readonly shower: Shower;
  },
): RowChange {
  const differing = columns.filter((_, index) => {
    if (was === undefined || is === undefined) return true;
    const at = key.length + index;
    return !sameRow(cellAt(was, at), cellAt(is, at));
  });
  const shown = (row: Row | undefined): ShownRow | undefined => {
    if (row === undefined) return undefined;
    const all = shower.row(row, columns, key.length);
    return Object.fromEntries(differing.map((name) => [name, all[name] ?? null]));
  };
  const either = was ?? is;
  return {
    change,
    key: either === undefined ? {} : shower.row(either, key),
    before: shown(was),
    after: shown(is),
  };
}

function cellAt({ types, cells }: Row, at: number): Row {
  return { types: types[at] ?? "n", cells: [cells[at] ?? null] };
}
