/**
 * Deletes backups by hand, and brings them back.
 *
 * @module
 */

import { bytesOf } from "./retention/apply_retention.ts";
import type { BackupRecord } from "./artifact/backup_record.ts";
import { chooseRecords } from "./artifact/choose_records.ts";
import { directoryJob, type DirectoryJobOptions } from "./directory/directory_job.ts";
import { HoldfastError } from "./errors.ts";
import { isGoodHere, withPresence } from "./health/local_backups.ts";
import { iso } from "./artifact/new_record.ts";
import { throwIfCancelled, type Warning } from "./report.ts";
import { emptyTrash as emptyTrashOf, fromTrash, toTrash } from "./directory/trash.ts";

/** What {@linkcode deleteBackups} is given. */
export interface DeleteOptions extends DirectoryJobOptions {
  /** Ids, names or unambiguous beginnings. */
  readonly backups: readonly string[];
  /** Also pinned ones, and the last good one. */
  readonly force?: boolean | undefined;
  /** Sees what would go; anything but `true` stops there. */
  readonly confirm?: ((records: readonly BackupRecord[]) => boolean | Promise<boolean>) | undefined;
}

/** What {@linkcode undeleteBackups} is given. */
export interface UndeleteOptions extends DirectoryJobOptions {
  /** Ids, names or unambiguous beginnings of what is in the trash. */
  readonly backups: readonly string[];
}

/** What was deleted, brought back or removed. */
export interface DeleteResult {
  /** As they were before. */
  readonly backups: readonly BackupRecord[];
  /** Names of those whose file was gone already: they cannot come back. */
  readonly forgotten: readonly string[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Deletes backups: they go to the trash, from where {@linkcode undeleteBackups} brings them
 * back for 7 days. One whose file is gone is forgotten. All of them or, where one may not
 * go, none. Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`; `USAGE` for a pinned one, or where no good
 * backup would be left; `LOCKED`, `CANCELLED`, `PERMISSION_DENIED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, deleteBackups, undeleteBackups } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * const { id } = await backup({ database });
 * await backup({ database });
 *
 * await deleteBackups({ database, backups: [id] });
 * await undeleteBackups({ database, backups: [id] });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function deleteBackups(options: DeleteOptions): Promise<DeleteResult> {
  const { backups, force = false, confirm } = options;
  const { result, warnings } = await directoryJob("delete", options, async (work) => {
    const { catalog } = work.open;
    const chosen = chooseRecords(catalog.records(), backups);
    if (!force) await refuseToDelete(chosen, catalog.records());
    if (confirm !== undefined && !await confirm(chosen)) {
      throw new HoldfastError("CANCELLED", "Nothing was deleted");
    }
    const at = iso(work.clock.now());
    const forgotten: string[] = [];
    for (const record of chosen) {
      throwIfCancelled(work.signal);
      if (await toTrash(record, { catalog, at }) === "forgotten") forgotten.push(record.name);
    }
    return { result: { backups: chosen, forgotten }, end: endOf(chosen, "to the trash") };
  });
  return { ...result, warnings };
}

/**
 * Brings backups back from the trash. Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where one is not in the trash, or gone for
 * good; `USAGE`, `LOCKED`, `CANCELLED`, `PERMISSION_DENIED`.
 *
 * @example See {@linkcode deleteBackups}.
 */
export async function undeleteBackups(options: UndeleteOptions): Promise<DeleteResult> {
  const { result, warnings } = await directoryJob("undelete", options, async (work) => {
    const { catalog } = work.open;
    const chosen = chooseRecords(catalog.trashed(), options.backups);
    const back: BackupRecord[] = [];
    for (const record of chosen) {
      throwIfCancelled(work.signal);
      back.push(await fromTrash(record, catalog));
    }
    return { result: { backups: back, forgotten: [] }, end: endOf(back, "back from the trash") };
  });
  return { ...result, warnings };
}

/**
 * Removes all of the trash for good. Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where there is no such directory; `LOCKED`,
 * `CANCELLED`, `PERMISSION_DENIED`.
 */
export async function emptyTrash(options: DirectoryJobOptions): Promise<DeleteResult> {
  const { result, warnings } = await directoryJob("delete", options, async ({ open }) => {
    const gone = await emptyTrashOf(open.catalog);
    const end = endOf(gone, "for good");
    const details = { ...end.details, purgedBytes: bytesOf(gone) };
    return { result: { backups: gone, forgotten: [] }, end: { ...end, details } };
  });
  return { ...result, warnings };
}

/** A pinned one, and the last good one, go only by force. */
async function refuseToDelete(
  chosen: readonly BackupRecord[],
  records: readonly BackupRecord[],
): Promise<void> {
  const pinned = chosen.find((record) => record.pinned);
  if (pinned !== undefined) {
    throw new HoldfastError("USAGE", `Cannot delete "${pinned.name}": it is pinned`, {
      hint: `Unpin it first: holdfast unpin ${pinned.name}. Or add --force.`,
    });
  }
  const ids = new Set(chosen.map(({ id }) => id));
  const good = (await withPresence(records)).filter(isGoodHere);
  if (good.length === 0 || good.some(({ id }) => !ids.has(id))) return;
  throw new HoldfastError("USAGE", "Cannot delete that: no good backup would be left", {
    hint: "Take a new one first, or add --force.",
  });
}

function endOf(records: readonly BackupRecord[], where: string): {
  readonly outcome: "done";
  readonly message: string;
  readonly backupId: string | null;
  readonly details: Record<string, unknown>;
} {
  const names = records.map(({ name }) => name);
  const [only, ...others] = records;
  const what = only !== undefined && others.length === 0 ? only.name : `${records.length} backups`;
  return {
    outcome: "done",
    message: `${what} ${where}`,
    backupId: others.length === 0 ? only?.id ?? null : null,
    details: { names },
  };
}
