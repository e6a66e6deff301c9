/**
 * Undoes the last restore or rescue.
 *
 * @module
 */

import { Catalog } from "./catalog/catalog.ts";
import { systemClock } from "./clock.ts";
import { HoldfastError } from "./errors.ts";
import { resolvePlace } from "./place.ts";
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
  let backup: string;
  try {
    const { directory } = await resolvePlace(options);
    backup = lastSafety(directory);
  } catch (error) {
    throw report.failed(error, "RESTORE_FAILED");
  }
  return await restoreUnder(report, { ...options, backup, force: true, clock });
}

/** The safety backup of the last restore. */
function lastSafety(directory: string): string {
  using catalog = Catalog.openToRead(directory);
  const last = catalog?.runs().find(({ job, outcome }) =>
    (job === "restore" || job === "rescue") && (outcome === "done" || outcome === "partly")
  );
  if (catalog === undefined || last === undefined) {
    throw new HoldfastError("BACKUP_NOT_FOUND", "Cannot undo: nothing was restored here yet", {
      hint: "`holdfast list` shows the backups.",
    });
  }
  const id = last.details.safetyBackup;
  if (typeof id === "string" && catalog.record(id) !== undefined) return id;
  throw new HoldfastError(
    "BACKUP_NOT_FOUND",
    `Cannot undo the ${last.job} of ${last.startedAt}: it has no safety backup`,
    {
      hint:
        "It ran without one (--no-safety), there was no database, or the safety backup was deleted.",
    },
  );
}
