/**
 * Looks into a backup without restoring it.
 *
 * @module
 */

import { type Clock, systemClock } from "./clock.ts";
import { runJob } from "./engine/client.ts";
import type { PeekedRows, PeekedTable } from "./engine/peek.ts";
import type { EventListener } from "./events.ts";
import { openBackup, type OpenBackupOptions } from "./artifact/open_backup.ts";
import { Report } from "./report.ts";

/** What {@linkcode peek} is given. */
export interface PeekOptions extends OpenBackupOptions {
  /** A table or view whose first rows are wanted. */
  readonly table?: string | undefined;
  /** Rows at most; 10 by default. */
  readonly limit?: number | undefined;
  /** Milliseconds after which a view that does not end is ended; 60,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What is in a backup. */
export interface PeekResult {
  /** The backup's id; `null` for a file that the catalog does not know. */
  readonly id: string | null;
  /** Its name or path. */
  readonly backup: string;
  /** `PRAGMA user_version`. */
  readonly userVersion: number;
  /** `PRAGMA application_id`. */
  readonly applicationId: number;
  /** Tables and views. */
  readonly tables: readonly PeekedTable[];
  /** The first rows of the table that was asked for. */
  readonly rows: PeekedRows | null;
}

/**
 * Lists the tables and views of a backup with their rows counted, and the first rows of
 * one. Nothing is changed, and nothing in the backup can write or hang. Needs
 * `--allow-read`, `--allow-write` (a private folder) and `--allow-run`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `NOT_A_DATABASE`,
 * `DATABASE_CORRUPT`, `DATABASE_BUSY` (a view that does not end), `CANCELLED`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, peek } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('keep me')");
 * await backup({ database });
 *
 * const { tables, rows } = await peek({ database, table: "notes" });
 * console.log(tables[0]?.rows, rows?.rows); // 1 [ { text: "keep me" } ]
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function peek(options: PeekOptions): Promise<PeekResult> {
  const { clock = systemClock, onEvent, signal, table, limit = 10 } = options;
  const subject = options.backup ?? options.database ?? options.directory ?? "";
  const report = new Report("peek", { subject, clock, onEvent });
  try {
    await using backup = await openBackup(options);
    const { path, staging, title, record } = backup;
    const found = await runJob("peek", { path, table, limit }, {
      grant: { read: [staging.path], write: [staging.path] },
      deadlineMs: options.deadlineMs ?? 60_000,
      signal,
    });
    report.finished(`${found.tables.length} tables and views`);
    return {
      id: record?.id ?? null,
      backup: title,
      userVersion: found.facts.userVersion,
      applicationId: found.facts.applicationId,
      tables: found.tables,
      rows: found.rows ?? null,
    };
  } catch (error) {
    throw report.failed(error, "INTERNAL");
  }
}
