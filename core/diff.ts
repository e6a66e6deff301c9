/**
 * Says what differs between a backup and another one, or the live database.
 *
 * @module
 */

import { type Clock, systemClock } from "./clock.ts";
import { findDatabase, liveGrant } from "./database_file.ts";
import { runJob } from "./engine/client.ts";
import type { TableDiff } from "./engine/diff.ts";
import type { SchemaChange } from "./engine/schema_changes.ts";
import type { EventListener } from "./events.ts";
import { openBackup, type OpenBackupOptions } from "./artifact/open_backup.ts";
import { resolvePlace } from "./directory/place.ts";
import { Report } from "./report.ts";

/** What {@linkcode diff} is given. */
export interface DiffOptions extends OpenBackupOptions {
  /** The state after: `live` (the default), or a backup as for `backup`. */
  readonly against?: string | undefined;
  /** Only these tables. */
  readonly tables?: readonly string[] | undefined;
  /** Rows that differ to give back at most, for each table; 0 by default. */
  readonly rows?: number | undefined;
  /** Milliseconds to wait for a lock of the live database; 10,000 by default. */
  readonly busyMs?: number | undefined;
  /** Milliseconds without a word after which it is ended; 300,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What differs. */
export interface DiffResult {
  /** The backup that is the state before, by name or path. */
  readonly before: string;
  /** The state after: a backup, or the path of the live database. */
  readonly after: string;
  /** Nothing differs. */
  readonly same: boolean;
  /** What differs in the schema. */
  readonly schema: readonly SchemaChange[];
  /** Every table of either side, by name. */
  readonly tables: readonly TableDiff[];
}

/**
 * Compares a backup with the live database, or with another backup: the schema, and the
 * rows of each table by primary key or rowid. `added` is what came since the backup. The
 * live database is read in one transaction; in rollback mode writers wait for its end. The
 * memory does not grow with the rows. Needs `--allow-read`, `--allow-write` (a private
 * folder) and `--allow-run`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `DATABASE_MISSING`,
 * `DATABASE_BUSY`, `DATABASE_CORRUPT`, `CANCELLED`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, diff } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
 * await backup({ database });
 * app.exec("INSERT INTO notes (text) VALUES ('new')");
 *
 * const { tables } = await diff({ database, rows: 10 });
 * console.log(tables[0]?.added, tables[0]?.rows[0]?.after); // 1 { text: "new" }
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const { clock = systemClock, onEvent, against = "live" } = options;
  const subject = options.database ?? options.directory ?? options.backup ?? "";
  const report = new Report("diff", { subject, clock, onEvent });
  try {
    await using before = await openBackup(options);
    const after = against === "live" ? await liveSide(options) : await backupSide(options, against);
    await using _ = after;
    const { schema, tables } = await runJob("diff", {
      before: before.path,
      after: after.path,
      live: against === "live",
      tables: options.tables,
      rows: options.rows ?? 0,
      busyMs: options.busyMs ?? 10_000,
    }, {
      grant: {
        read: [before.staging.path, ...after.touches],
        write: [before.staging.path, ...after.touches],
      },
      deadlineMs: options.deadlineMs ?? 300_000,
      signal: options.signal,
      onProgress: report.engine(),
    });
    const same = schema.length === 0 && tables.every(({ status }) => status === "same");
    report.finished(same ? "nothing differs" : "there are differences");
    return { before: before.title, after: after.title, same, schema, tables };
  } catch (error) {
    throw report.failed(error, "INTERNAL");
  }
}

interface After extends AsyncDisposable {
  readonly title: string;
  readonly path: string;
  /** What the engine may touch for it. */
  readonly touches: readonly string[];
}

async function liveSide(options: DiffOptions): Promise<After> {
  const { database } = await resolvePlace(options);
  const { path } = await findDatabase(database);
  return {
    title: path,
    path,
    touches: liveGrant(path).write,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function backupSide(options: DiffOptions, against: string): Promise<After> {
  const opened = await openBackup({ ...options, backup: against });
  const { title, path, staging } = opened;
  return {
    title,
    path,
    touches: [staging.path],
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
