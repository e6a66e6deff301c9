/**
 * Deletes copies on a target by name.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import { HoldfastError } from "../errors.ts";
import { isFile } from "../files/is_file.ts";
import { throwIfCancelled, type Warning } from "../report.ts";
import { chooseCopy } from "./choose_copies.ts";
import { copiesJob, type CopiesOptions, type CopiesWork } from "./copies_job.ts";
import { isGoodCopy } from "./copy_record.ts";
import { forgetCopy } from "./copies_table.ts";
import { dropCopy } from "./prune_copies.ts";
import type { FoundCopy } from "./read_copies.ts";
import { removeCopy } from "./remove_copy.ts";

/** What {@linkcode deleteCopies} is given. */
export interface DeleteCopiesOptions extends CopiesOptions {
  /** Ids, names or unambiguous beginnings. */
  readonly backups: readonly string[];
  /** Also pinned ones, and the newest good copy. */
  readonly force?: boolean | undefined;
}

/** What went. */
export interface DeleteCopiesResult {
  /** What was deleted there. */
  readonly deleted: readonly { readonly id: string; readonly name: string }[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Deletes copies on a target, for good: the backups here stay.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`; `USAGE` where nothing is named, or a pinned
 * copy or the newest good one is, without `force`; `TARGET_FAILED`, `CANCELLED`.
 */
export async function deleteCopies(options: DeleteCopiesOptions): Promise<DeleteCopiesResult> {
  const { result, warnings } = await copiesJob("delete", options, async ({ copies }, work) => {
    const chosen = new Set(options.backups.map((backup) => chooseCopy(copies, { backup })));
    if (chosen.size === 0) throw nothingNamed();
    if (options.force !== true) refusePrecious([...chosen], copies);
    const deleted: { id: string; name: string }[] = [];
    for (const { record } of chosen) {
      throwIfCancelled(work.signal);
      await drop(record.backup.id, record.artifact.key, work);
      deleted.push({ id: record.backup.id, name: record.backup.filename });
    }
    return { result: { deleted }, summary: `${deleted.length} deleted` };
  });
  return { ...result, warnings };
}

async function drop(id: string, key: string, work: CopiesWork): Promise<void> {
  if (!await isFile(`${work.here.directory}/catalog.db`)) return await removeCopy(key, work);
  using catalog = Catalog.openToWrite(work.here.directory);
  await dropCopy(catalog, id, work);
  // A copy that the catalog does not know, or knows under another key.
  await removeCopy(key, work);
  forgetCopy(catalog, { backupId: id, target: work.place.name });
}

function refusePrecious(chosen: readonly FoundCopy[], all: readonly FoundCopy[]): void {
  const newest = all.find(({ record }) =>
    isGoodCopy(record) && record.backup.reason !== "pre-restore"
  );
  for (const copy of chosen) {
    const { filename, pinned } = copy.record.backup;
    if (!pinned && copy !== newest) continue;
    throw new HoldfastError(
      "USAGE",
      `Cannot delete the copy of "${filename}": it is ${
        pinned ? "pinned" : "the newest good one there"
      }`,
      { hint: "Nothing was deleted. If you mean it, add --force." },
    );
  }
}

function nothingNamed(): HoldfastError {
  return new HoldfastError("USAGE", "Cannot tell which copy is meant: none is named", {
    hint: "`holdfast list --target` shows what is there.",
  });
}
