/**
 * The catalog of a backup directory: the truth about its backups.
 *
 * @module
 */

import { join } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { openCatalogToRead, openCatalogToWrite, readingCatalog } from "./open_catalog.ts";
import { RECORD_COLUMNS, recordOf, rowOf } from "./record_row.ts";
import type { Run } from "./run.ts";
import { putRun, type RunFilter, selectRuns, trimRuns } from "./run_table.ts";

/** The file's name in the backup directory. */
export const CATALOG_FILE = "catalog.db";

/** The columns of `copies`. */
const COPY_COLUMNS: readonly string[] = [
  "backup_id",
  "target",
  "key",
  "state",
  "size",
  "sha256",
  "codecs",
  "stored_at",
  "verified_at",
  "error",
];

/** Which records {@linkcode Catalog.records} gives. */
export interface RecordFilter {
  /** Also those in the trash. */
  readonly deleted?: boolean | undefined;
  /** At most so many, newest first. */
  readonly limit?: number | undefined;
}

/** An open `catalog.db`. Its journal mode is DELETE: the directory may lie on a share. */
export class Catalog implements Disposable {
  /** The backup directory, absolute. */
  readonly directory: string;
  readonly #database: DatabaseSync;

  private constructor(directory: string, database: DatabaseSync) {
    this.directory = directory;
    this.#database = database;
  }

  /**
   * Opens the catalog of a directory to write, and makes it where there is none.
   *
   * @throws {HoldfastError} `BACKUP_LIST_FAILED` where it is damaged, no catalog or too new;
   * `PERMISSION_DENIED`, `NO_SPACE`, `DISK_FAILED`, `LOCKED`.
   */
  static openToWrite(directory: string): Catalog {
    return new Catalog(directory, openCatalogToWrite(join(directory, CATALOG_FILE)));
  }

  /**
   * Opens the catalog of a directory to read.
   *
   * @returns `undefined` where there is none, or one that was killed before it held anything.
   * @throws {HoldfastError} `BACKUP_LIST_FAILED` where it is damaged, no catalog or too new.
   */
  static openToRead(directory: string): Catalog | undefined {
    const database = openCatalogToRead(join(directory, CATALOG_FILE));
    return database === undefined ? undefined : new Catalog(directory, database);
  }

  /** A fact about the directory: `id`, `database`, `relative`. */
  fact(key: string): string | undefined {
    const select = "SELECT value FROM directory WHERE key = ?";
    // What every command asks first: a damaged page shows here, not when the file is opened.
    const row = this.#read(() => this.#database.prepare(select).get(key));
    return row === undefined ? undefined : String(row.value);
  }

  #read<T>(work: () => T): T {
    return readingCatalog(join(this.directory, CATALOG_FILE), work);
  }

  /** Keeps a fact about the directory. */
  setFact(key: string, value: string): void {
    this.#database.prepare("INSERT OR REPLACE INTO directory (key, value) VALUES (?, ?)")
      .run(key, value);
  }

  /** The records, newest first. */
  records({ deleted = false, limit }: RecordFilter = {}): BackupRecord[] {
    const select = `SELECT * FROM backup_records ${deleted ? "" : "WHERE deleted_at IS NULL"}
       ORDER BY sequence DESC LIMIT ?`;
    const rows = this.#read(() => this.#database.prepare(select).all(limit ?? -1));
    return rows.map((row) => recordOf(row, this.directory));
  }

  /** One record, also from the trash. */
  record(id: string): BackupRecord | undefined {
    const row = this.#database.prepare("SELECT * FROM backup_records WHERE id = ?").get(id);
    return row === undefined ? undefined : recordOf(row, this.directory);
  }

  /** The records of what is in the trash, oldest deletion first. */
  trashed(): BackupRecord[] {
    return this.#database.prepare(
      "SELECT * FROM backup_records WHERE deleted_at IS NOT NULL ORDER BY deleted_at, sequence",
    ).all().map((row) => recordOf(row, this.directory));
  }

  /** Whether a target holds a copy of a backup, as far as the catalog knows. */
  hasCopies(id: string): boolean {
    return this.#database.prepare("SELECT 1 FROM copies WHERE backup_id = ?").get(id) !== undefined;
  }

  /** Whether a record has this name, also in the trash. */
  isNameTaken(name: string): boolean {
    const row = this.#database.prepare("SELECT 1 FROM backup_records WHERE backup_name = ?")
      .get(name);
    return row !== undefined;
  }

  /** Adds a record at the end and gives it back with its sequence number. */
  add(record: Omit<BackupRecord, "sequence">): BackupRecord {
    return this.transaction(() => {
      const row = this.#database.prepare(
        "SELECT coalesce(max(sequence), 0) + 1 AS next FROM backup_records",
      ).get();
      const whole = { ...record, sequence: Number(row?.next ?? 1) };
      this.put(whole);
      return whole;
    });
  }

  /** Writes a record as it is, in place of the one with the same id. */
  put(record: BackupRecord): void {
    const columns = RECORD_COLUMNS.join(", ");
    const values = RECORD_COLUMNS.map((name) => `:${name}`).join(", ");
    const updates = RECORD_COLUMNS.slice(1).map((name) => `${name} = excluded.${name}`).join(", ");
    this.#database.prepare(
      `INSERT INTO backup_records (${columns}) VALUES (${values})
       ON CONFLICT (id) DO UPDATE SET ${updates}`,
    ).run(rowOf(record));
  }

  /** Writes all records anew, with new sequence numbers. Only inside a transaction. */
  replaceAll(records: readonly BackupRecord[]): void {
    // Names and numbers change places: none may be in the way meanwhile.
    this.#database.exec(
      "UPDATE backup_records SET sequence = -1 - sequence, backup_name = '?' || id",
    );
    for (const record of records) this.put(record);
  }

  /** Adds rows of `copies` that are not known, of backups that are. */
  addCopies(rows: readonly Readonly<Record<string, SQLInputValue>>[]): void {
    for (const row of rows) {
      const names = COPY_COLUMNS.filter((name) => name in row);
      const known = Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
      this.#database.prepare(
        `INSERT OR IGNORE INTO copies (${names.join(", ")})
         SELECT ${names.map((name) => `:${name}`).join(", ")}
         WHERE EXISTS (SELECT 1 FROM backup_records WHERE id = :backup_id)`,
      ).run(known);
    }
  }

  /** Forgets a record for good. */
  forget(id: string): void {
    this.#database.prepare("DELETE FROM backup_records WHERE id = ?").run(id);
  }

  /** Writes a run, in place of the one with the same id. */
  putRun(run: Run): void {
    putRun(this.#database, run);
  }

  /** The runs, newest first. */
  runs(filter: RunFilter = {}): Run[] {
    return selectRuns(this.#database, filter);
  }

  /** Lets go of old runs. */
  trimRuns(now: Temporal.Instant): void {
    trimRuns(this.#database, { now });
  }

  /** Does it all or nothing. */
  transaction<T>(work: () => T): T {
    // Not by exec(): its errors do not carry SQLite's code.
    this.#database.prepare("BEGIN IMMEDIATE").run();
    try {
      const result = work();
      this.#database.prepare("COMMIT").run();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.prepare("ROLLBACK").run();
      throw error;
    }
  }

  /** Asks for rows, for the tables that other modules own (`copies`). */
  query(
    sql: string,
    values: Readonly<Record<string, SQLInputValue>> = {},
  ): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(values);
  }

  /** Closes it. */
  [Symbol.dispose](): void {
    this.#database.close();
  }
}
