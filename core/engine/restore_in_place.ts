/**
 * Writes an artifact onto a live database, with SQLite's backup, as one transaction:
 * whoever has it open sees all of it or nothing, and a kill changes nothing.
 *
 * @module
 * @see https://www.sqlite.org/c3ref/backup_finish.html
 */

import { backup, DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { countReadable } from "./check.ts";
import { problemsOf } from "./inspect.ts";
import { readMoment, unsureUntil } from "./moment.ts";
import { openLive, refuseReplaced } from "./open.ts";
import type { EngineProgress, RestoreJobResult, RestoreRequest } from "./protocol.ts";
import { pragma, tablesOf } from "./read_facts.ts";
import { snapshotInsideLock } from "./snapshot_inside_lock.ts";
import { sqliteCode } from "./sqlite_error.ts";
import { withTwoPages } from "./two_pages.ts";
import { execute } from "./execute.ts";

/** Bytes written between two looks: less than a page cache, so that nothing spills early. */
const STEP_BYTES = 256 << 10;

type Tell = (progress: EngineProgress) => void;

/** Restores, keeping the journal mode of the live database. */
export async function restore(request: RestoreRequest, tell: Tell): Promise<RestoreJobResult> {
  const { live, artifact, lockMs } = request;
  tell({ phase: "wait", done: 0, unit: "steps" });
  const monitor = openLive(live, lockMs);
  try {
    const journalMode = String(pragma(monitor, "journal_mode"));
    matchJournalMode(artifact, journalMode);
    const file = withTwoPages(artifact);
    using source = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    execute(source, "PRAGMA query_only = ON");
    const pageSize = Number(pragma(source, "page_size"));
    const resized = pageSize !== Number(pragma(monitor, "page_size"));
    if (resized && journalMode === "wal") leaveWal(monitor);
    let safetyTakenAgain: boolean;
    try {
      winLock(monitor, live);
      tell({ phase: "wait", done: 1, unit: "steps" });
      safetyTakenAgain = await overwrite(source, { request, pageSize, tell });
      refuseStrangeFile(monitor, live);
    } finally {
      if (resized && journalMode === "wal") execute(monitor, "PRAGMA journal_mode = WAL");
    }
    tell({ phase: "check", done: 0, unit: "steps" });
    const seen = lookBack(monitor);
    // What was looked at is what was opened: it must still be what has the name.
    refuseReplaced(live);
    return { safetyTakenAgain, journalMode, ...seen };
  } finally {
    monitor.close();
  }
}

/** Proves that the lock can be had now, within the connection's busy time. */
function winLock(monitor: DatabaseSync, live: string): void {
  try {
    execute(monitor, "BEGIN EXCLUSIVE");
    execute(monitor, "ROLLBACK");
  } catch (cause) {
    if (sqliteCode(cause) !== 5) throw cause;
    throw new HoldfastError("DATABASE_BUSY", `Cannot lock "${live}" for the restore`, {
      hint:
        "Another program holds a transaction, or uses EXCLUSIVE locking. Nothing was changed: let it finish, or close it, and run the restore again.",
      cause,
    });
  }
}

/** Copies all pages onto the live path; returns whether the safety snapshot was taken again. */
async function overwrite(
  source: DatabaseSync,
  work: { readonly request: RestoreRequest; readonly pageSize: number; readonly tell: Tell },
): Promise<boolean> {
  const { request, pageSize, tell } = work;
  let inside = false;
  let takenAgain = false;
  execute(source, "BEGIN");
  source.prepare("SELECT count(*) FROM sqlite_schema").get();
  // The last step is not told, so there have to be two: before the last nobody would look back.
  const most = Number(pragma(source, "page_count")) - 1;
  await backup(source, request.live, {
    rate: Math.max(1, Math.min(most, Math.floor(STEP_BYTES / pageSize))),
    progress: ({ totalPages, remainingPages }) => {
      // The first call comes inside the write lock: nobody else commits from here on.
      if (!inside) {
        inside = true;
        tell({ phase: "restore", done: 0, total: totalPages * pageSize, unit: "bytes" });
        takenAgain = keepLaterCommits(request);
      }
      const done = (totalPages - remainingPages) * pageSize;
      tell({ phase: "restore", done, total: totalPages * pageSize, unit: "bytes" });
    },
  });
  execute(source, "ROLLBACK");
  if (!inside) throw new HoldfastError("INTERNAL", "Lost the look back inside the lock");
  return takenAgain;
}

/** A file that was put there meanwhile must not meet the `-wal` of the one that was written. */
function refuseStrangeFile(monitor: DatabaseSync, live: string): void {
  try {
    refuseReplaced(live);
  } catch (error) {
    emptyWal(monitor);
    throw error;
  }
}

/**
 * Keeps what was committed after the safety backup; called inside the write lock, before
 * anything is written. Throwing here rolls the transaction back.
 */
export function keepLaterCommits(
  { live, safetyMoment, safetyAt = 0, safetyAgain, sabotage }: Pick<
    RestoreRequest,
    "live" | "safetyMoment" | "safetyAt" | "safetyAgain" | "sabotage"
  >,
): boolean {
  // What was put there by a rename after it was opened is in no safety backup.
  refuseReplaced(live);
  if (safetyAgain === undefined || sabotage?.includes("no-safety-again")) return false;
  if (safetyMoment === readMoment(live) && safetyAt > unsureUntil(live)) return false;
  snapshotInsideLock(live, safetyAgain);
  return true;
}

/**
 * A page size changes only outside WAL mode, which is left only by the last
 * connection.
 */
function leaveWal(monitor: DatabaseSync): void {
  const busy = (cause?: unknown): HoldfastError =>
    new HoldfastError("DATABASE_BUSY", "Cannot change the page size while others have it open", {
      hint:
        "The backup has another page size than the database. Nothing was changed: close the other programs and run the restore again.",
      cause,
    });
  try {
    const row = monitor.prepare("PRAGMA journal_mode = DELETE").get();
    if (row?.journal_mode !== "delete") throw busy();
  } catch (error) {
    if (sqliteCode(error) === 5) throw busy(error);
    throw error;
  }
}

/** A staged artifact in WAL mode would turn the live database to WAL. */
function matchJournalMode(artifact: string, liveMode: string): void {
  if (liveMode === "wal") return;
  if (!needsSwitch(artifact)) return;
  using staged = new DatabaseSync(artifact, { enableForeignKeyConstraints: false });
  execute(staged, "PRAGMA journal_mode = DELETE");
}

/** A staged file that is linked is the stored backup itself, which must not change. */
function needsSwitch(artifact: string): boolean {
  const header = new Uint8Array(20);
  using file = Deno.openSync(artifact);
  file.readSync(header);
  if (header[18] !== 2) return false;
  if ((Deno.statSync(artifact).nlink ?? 1) === 1) return true;
  throw new HoldfastError("INTERNAL", `Cannot switch "${artifact}": it is linked elsewhere`);
}

/** What the live database holds now, in one transaction; then its `-wal` is emptied, if nobody minds. */
function lookBack(monitor: DatabaseSync): Pick<RestoreJobResult, "problems" | "recordCount"> {
  execute(monitor, "BEGIN");
  const rows = tablesOf(monitor).map(({ name }) => [name, countReadable(monitor, name)]);
  const problems = problemsOf(monitor, "quick");
  execute(monitor, "ROLLBACK");
  emptyWal(monitor);
  return { problems, recordCount: Object.fromEntries(rows) };
}

function emptyWal(monitor: DatabaseSync): void {
  execute(monitor, "PRAGMA busy_timeout = 0");
  monitor.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
}
