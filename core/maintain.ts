/**
 * Maintains the live database.
 *
 * @module
 */

import { dirname } from "node:path";
import type { BackupRecord } from "./artifact/backup_record.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type DatabaseFile, findDatabase, liveGrant, refuseHardLinks } from "./database_file.ts";
import { runJob } from "./engine/client.ts";
import type { MaintainJobResult, MaintenanceAction } from "./engine/maintain.ts";
import { HoldfastError } from "./errors.ts";
import { estimateSize, refuseWithoutRoom } from "./artifact/estimate.ts";
import type { EventListener } from "./events.ts";
import { iso } from "./artifact/new_record.ts";
import { noteAfterwards } from "./directory/note_afterwards.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { Report, throwIfCancelled, type Warning } from "./report.ts";
import { failedEnd, logged } from "./directory/run_log.ts";
import { takeBackup } from "./artifact/take_backup.ts";

/** What {@linkcode maintain} is given. */
export interface MaintainOptions extends PlaceOptions {
  /**
   * - `integrity`: a full check of structure and foreign keys; writes nothing
   * - `vacuum`: writes the whole file anew without its free pages
   * - `checkpoint`: moves the content of the `-wal` into the file and empties it
   * - `analyze`: gathers statistics for SQLite's query planner
   */
  readonly action: MaintenanceAction;
  /** Sees what a vacuum would do; anything but `true` stops there. */
  readonly confirm?: ((preview: VacuumPreview) => boolean | Promise<boolean>) | undefined;
  /** Milliseconds to wait for a lock; 10,000 by default. */
  readonly lockMs?: number | undefined;
  /** Milliseconds after which it is ended; 600,000 and a second per 2 MB by default. */
  readonly deadlineMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What a vacuum would do. */
export interface VacuumPreview {
  /** Absolute path of the live database. */
  readonly database: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of free pages, which the vacuum gives back. */
  readonly free: number;
}

/** What was done. */
export interface MaintainResult extends MaintainJobResult {
  /** Absolute path of the live database. */
  readonly database: string;
  /** What was done. */
  readonly action: MaintenanceAction;
  /** No problem was found. */
  readonly ok: boolean;
  /** Taken before a vacuum. */
  readonly safetyBackup:
    | { readonly id: string; readonly name: string; readonly path: string }
    | null;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Maintains the live database. Only `vacuum` writes the content anew: a fully checked
 * safety backup comes first, and it renumbers the rowids of tables without an INTEGER
 * PRIMARY KEY. Needs `--allow-read`, `--allow-write` and `--allow-run`; the engine of a
 * vacuum runs with all permissions, because Deno turns VACUUM off with less.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `DATABASE_BUSY`, `DATABASE_CORRUPT` (a damaged
 * database is not written anew), `RESTORE_FAILED` (it has hard links), `NO_SPACE`, `LOCKED`,
 * `CANCELLED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { maintain } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 *
 * const { ok } = await maintain({ database, action: "integrity" });
 * const { before, after } = await maintain({ database, action: "vacuum" });
 * console.log(ok, before.pages >= after.pages); // true true
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function maintain(options: MaintainOptions): Promise<MaintainResult> {
  const { clock = systemClock, onEvent, action } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("maintain", { subject, clock, onEvent });
  try {
    const place = await resolvePlace(options);
    const database = await findDatabase(place.database);
    const work: Work = { database, options, report, clock };
    const { done, safety } = action === "vacuum"
      ? await vacuum(work)
      : { done: await runLogged(work, action), safety: undefined };
    const ok = done.problems.length === 0;
    report.finished(ok ? `${action} done` : `${done.problems.length} problems`);
    return {
      database: database.path,
      action,
      ok,
      ...done,
      safetyBackup: safety === undefined
        ? null
        : { id: safety.id, name: safety.name, path: safety.path },
      warnings: report.warnings,
    };
  } catch (error) {
    throw report.failed(error, "INTERNAL");
  }
}

interface Work {
  readonly database: DatabaseFile;
  readonly options: MaintainOptions;
  readonly report: Report;
  readonly clock: Clock;
}

/** SQLite's VACUUM launders damage: the safety backup is checked in full first, and refused if bad. */
async function vacuum(
  work: Work,
): Promise<{ readonly done: MaintainJobResult; readonly safety: BackupRecord }> {
  const { database, options, report, clock } = work;
  const { signal, waitMs } = options;
  refuseHardLinks(database, "compact", "remove the others; the data stays.");
  await confirm(work);
  const size = await estimateSize(database.path);
  // SQLite writes a second copy to a temporary file, then all of it to the -wal or journal.
  await refuseWithoutRoom(dirname(database.path), 2 * size);
  const place = await resolvePlace({ ...options, database: database.path });
  using open = await openDirectory(place, { report, clock, signal, waitMs });
  await refuseWithoutRoom(place.directory, size);
  const log = { catalog: open.catalog, clock, details: { action: "vacuum" } };
  return await logged("maintain", log, async () => {
    const safety = await takeBackup({
      reason: "pre-restore",
      verify: "full",
      note: "before VACUUM",
      phase: "safety",
    }, { database, open, report, clock, signal });
    if (safety === undefined) throw new HoldfastError("INTERNAL", "Lost the safety backup");
    throwIfCancelled(signal);
    const done = await run(work, "vacuum");
    await mirror(open.catalog, report);
    const details = {
      safetyBackup: safety.id,
      before: done.before,
      after: done.after,
    };
    return {
      result: { done, safety },
      end: { outcome: "done", message: "vacuum", backupId: safety.id, details },
    };
  });
}

async function confirm({ database, options }: Work): Promise<void> {
  if (options.confirm === undefined) return;
  const { path } = database;
  const facts = await runJob("inspect", { path, busyMs: options.lockMs ?? 10_000 }, {
    grant: liveGrant(path),
    signal: options.signal,
  });
  const { pageCount, pageSize, freePages } = facts;
  const preview = { database: path, size: pageCount * pageSize, free: freePages * pageSize };
  if (await options.confirm(preview) === true) return;
  throw new HoldfastError("CANCELLED", "Nothing was changed: the vacuum was not confirmed");
}

/** Needs no lock of the backup directory: the line for the log is written when it has ended. */
async function runLogged(work: Work, action: MaintenanceAction): Promise<MaintainJobResult> {
  const { clock, database } = work;
  const options = { ...work.options, database: database.path };
  const note = { ...work, options, startedAt: iso(clock.now()) };
  const details = { action };
  try {
    const done = await run(work, action);
    const found = done.problems.length;
    const message = found === 0 ? action : `${action}: ${found} problems`;
    const { before, after } = done;
    const outcome = found === 0 ? "done" : "failed";
    const code = found === 0 ? null : "DATABASE_CORRUPT";
    await noteAfterwards({ outcome, code, message, details: { ...details, before, after } }, note);
    return done;
  } catch (error) {
    await noteAfterwards({ ...failedEnd(error), details }, note);
    throw error;
  }
}

async function run(
  { database, options, report }: Work,
  action: MaintenanceAction,
): Promise<MaintainJobResult> {
  const { path, size } = database;
  return await runJob("maintain", { path, action, busyMs: options.lockMs ?? 10_000 }, {
    grant: { ...liveGrant(path), all: action === "vacuum" },
    deadlineMs: options.deadlineMs ?? 600_000 + size / 2_000,
    signal: options.signal,
    onProgress: report.engine(),
  });
}
