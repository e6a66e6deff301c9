/**
 * Reads what can be read of a catalog file, also of a damaged one or of a copy that a
 * sync client made.
 *
 * @module
 */

import { dirname } from "node:path";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { openReadOnly } from "./open_read_only.ts";
import { recordOf } from "./record_row.ts";
import { type Run, runOf } from "./run.ts";

/** What a catalog holds. */
export interface CatalogContent {
  /** Everything could be read. */
  readonly sound: boolean;
  /** `id`, `database`, `relative`. */
  readonly facts: ReadonlyMap<string, string>;
  /** In the order of taking. */
  readonly records: readonly BackupRecord[];
  readonly runs: readonly Run[];
  /** Rows of `copies`. */
  readonly copies: readonly Row[];
}

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Reads it; nothing, and not sound, where it is no catalog at all. */
export function readAnyCatalog(path: string): CatalogContent {
  const reader = new Reader();
  try {
    using database = openReadOnly(path);
    reader.check(database);
    const facts = reader.rows(database, "directory", "key");
    const records = reader.rows(database, "backup_records", "rowid");
    const runs = reader.rows(database, "runs", "rowid");
    const copies = reader.rows(database, "copies", "backup_id");
    return {
      sound: reader.sound,
      facts: new Map(facts.map(({ key, value }) => [String(key), String(value)])),
      records: reader.each(records, (row) => recordOf(row, dirname(path)))
        .toSorted((a, b) => a.sequence - b.sequence),
      runs: reader.each(runs, runOf),
      copies,
    };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { sound: false, facts: new Map(), records: [], runs: [], copies: [] };
  }
}

class Reader {
  sound = true;

  /** Whether SQLite finds it whole. */
  check(database: DatabaseSync): void {
    try {
      const [first] = database.prepare("PRAGMA quick_check(1)").all();
      if (first?.quick_check !== "ok") this.sound = false;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      this.sound = false;
    }
  }

  /**
   * The rows from both ends up to where it is damaged. `iterate()` of Deno 2.9 ends without
   * an error where SQLite gives one, so both directions are always read.
   */
  rows(database: DatabaseSync, table: string, key: string): Row[] {
    const found = new Map<string, Row>();
    for (const order of ["ASC", "DESC"]) {
      try {
        const select = `SELECT * FROM ${table} NOT INDEXED ORDER BY ${key} ${order}`;
        for (const row of database.prepare(select).iterate()) found.set(JSON.stringify(row), row);
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        this.sound = false;
      }
    }
    return [...found.values()];
  }

  /** What makes sense of the rows. */
  each<T>(rows: readonly Row[], read: (row: Row) => T): T[] {
    return rows.flatMap((row) => {
      try {
        return [read(row)];
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        this.sound = false;
        return [];
      }
    });
  }
}

/** An error of SQLite, whatever it dislikes. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "errcode" in error;
}
