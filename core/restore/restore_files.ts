/**
 * The file phase of a restore: before the database, undone where that fails.
 *
 * @module
 */

import { dirname } from "node:path";
import { HoldfastError } from "../errors.ts";
import type { PackOptions } from "../artifact/pack_backup.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { fileError } from "../files/file_error.ts";
import type { FilesChange } from "./files_change.ts";
import { type FilesPlan, readIntent, writeIntent } from "./intent.ts";
import { asHoldfastError } from "../report.ts";
import type { RestoreWork } from "./restore_work.ts";
import { bringFilesBeside, finishFiles, planFiles, putFilesBack, swapFiles } from "./swap_files.ts";

/** What the safety backup is packed with: every file that is about to be replaced or to go. */
export function safetyPack(
  { unpacked }: RestoreWork,
  { coming, going }: FilesChange,
): PackOptions | undefined {
  const format = unpacked?.format;
  if (format === undefined) return undefined;
  return {
    format,
    formatName: format.suffix.slice(1),
    include: [],
    exclude: [],
    listed: [...coming, ...going].filter(({ old }) => old !== null).map(({ name }) => `./${name}`),
    strict: true,
    facts: { absentFiles: coming.filter(({ old }) => old === null).map(({ name }) => name) },
  };
}

/**
 * Puts the files in their places, then does the work on the database; where either fails,
 * the old files come back.
 */
export async function withFiles<T>(
  work: RestoreWork,
  { change, keepOld }: {
    readonly change: FilesChange | undefined;
    /** No safety backup has the old files: they stay under other names. */
    readonly keepOld?: boolean | undefined;
  },
  restoring: (files: FilesPlan | undefined) => Promise<T>,
): Promise<T> {
  if (change === undefined) return await restoring(undefined);
  const { staging, report, signal, title, database } = work;
  const root = dirname(database);
  await refuseWithoutRoom(root, change.coming.reduce((sum, { size }) => sum + size, 0));
  const files: FilesPlan = { ...await planFiles(change, root), keepOld };
  const total = files.swaps.length;
  await writeIntent(staging.path, { kind: "files", restoring: title, files });
  let done: T;
  try {
    report.progress({ phase: "write", done: 0, total, unit: "files" });
    await bringFilesBeside(files, signal);
    await swapFiles(files, signal);
    report.progress({ phase: "write", done: total, total, unit: "files" });
    done = await restoring(files);
  } catch (error) {
    // What was left to the next run is ended there, database and files together; a write
    // onto the live database that failed was settled with its files already.
    const kind = (await readIntent(staging.path))?.kind;
    const isOpen = kind === "files" || kind === "bring" || kind === "swap";
    if (!staging.isLeft && isOpen) await putFilesBack(files, report);
    if (error instanceof HoldfastError || signal?.aborted) throw error;
    throw fileError(`Cannot restore the files beside "${database}"`, error, "RESTORE_FAILED");
  }
  await finishOrLeave(files, work);
  return done;
}

/** The restore took effect: old files that cannot be removed now must not make it fail, without an undo. */
async function finishOrLeave(files: FilesPlan, { staging, report }: RestoreWork): Promise<void> {
  try {
    await finishFiles(files, report);
  } catch (error) {
    // What it had brought into another path would be put back.
    if ((await readIntent(staging.path))?.kind !== "bring") staging.leave();
    report.warn({
      code: "NOT_RECOVERED",
      message: `Cannot remove the files from before: ${
        asHoldfastError(error, "RESTORE_FAILED").message
      }`,
      hint: "The restore took effect; the next command tries it again.",
    });
  }
}
