/**
 * Undoes the last restore or rescue.
 *
 * @module
 */

import type { BackupRecord } from "./artifact/backup_record.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { Run } from "./catalog/run.ts";
import { systemClock } from "./clock.ts";
import { HoldfastError } from "./errors.ts";
import { isDirectory } from "./files/is_file.ts";
import { resolvePlace } from "./directory/place.ts";
import { Report } from "./report.ts";
import { type RestoreOptions, type RestoreResult, restoreUnder } from "./restore.ts";

/** What {@linkcode undo} is given. */
export type UndoOptions = Omit<RestoreOptions, "backup" | "at" | "to">;

/**
 * Restores the safety backup of the last restore or rescue. It takes a safety backup of its own,
 * so that a second undo redoes. Needs what `restore` needs.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where there is nothing to undo; as `restore`.
 *
 * @example See `restore`.
 */
export async function undo(options: UndoOptions): Promise<RestoreResult> {
  const { clock = systemClock, onEvent } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("undo", { subject, clock, onEvent });
  try {
    const { directory } = await resolvePlace(options);
    if (!await isDirectory(directory)) throw nothingRestored();
  } catch (error) {
    throw report.failed(error, "RESTORE_FAILED");
  }
  return await restoreUnder(report, { ...options, choose: lastSafety, force: true, clock });
}

/** The safety backup of the last restore: also of one that was killed, once the directory is put right. */
function lastSafety(catalog: Catalog): string {
  const runs = catalog.runs({ jobs: ["restore", "rescue"], outcomes: ["done", "partly"] })
    // A restore into another file changed nothing here.
    .filter(({ details }) => details.to === undefined);
  const [last] = runs;
  if (last === undefined) throw nothingRestored();
  const safetyOf = ({ details: { safetyBackup: id } }: Run): BackupRecord[] => {
    const record = typeof id === "string" ? catalog.record(id) : undefined;
    return record === undefined || record.deletedAt !== null ? [] : [record];
  };
  if (safetyOf(last).length > 0) {
    // A clock that was set back puts runs out of order; sequence numbers stay true.
    const [newest] = runs.flatMap(safetyOf).sort((a, b) => b.sequence - a.sequence);
    if (newest !== undefined) return newest.id;
  }
  throw new HoldfastError(
    "BACKUP_NOT_FOUND",
    `Cannot undo the ${last.job} of ${last.startedAt}: it has no safety backup`,
    {
      hint:
        "It ran without one (--no-safety), there was no database, or the safety backup was deleted. " +
        "Files that it replaced without one lie beside the new ones: <name>.kept-….",
    },
  );
}

function nothingRestored(): HoldfastError {
  return new HoldfastError("BACKUP_NOT_FOUND", "Cannot undo: nothing was restored here yet", {
    hint: "`holdfast list` shows the backups.",
  });
}
