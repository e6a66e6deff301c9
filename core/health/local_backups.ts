/**
 * What retention and health know of the backups in a directory.
 *
 * @module
 */

import { isMissing } from "../files/file_error.ts";
import { type BackupRecord, isGood } from "../artifact/backup_record.ts";
import type { Run } from "../catalog/run.ts";
import type { ErrorCode } from "../errors.ts";

/** A backup, and whether its file is there with the size that it should have. */
export interface LocalBackup extends BackupRecord {
  /** The file is there with the size of its record. */
  readonly present: boolean;
}

/** Looks for the files of the records. */
export async function withPresence(records: readonly BackupRecord[]): Promise<LocalBackup[]> {
  return await Promise.all(
    records.map(async (record) => ({ ...record, present: await isPresent(record) })),
  );
}

/** Whether a backup counts: present and proven, and no safety backup. */
export function isGoodHere(backup: LocalBackup): boolean {
  return backup.present && isGood(backup) && backup.reason !== "pre-restore";
}

/** A run that was stopped, or that had nothing to do, says nothing. */
const ends: ReadonlySet<Run["outcome"]> = new Set(["done", "partly", "failed"]);

/** The code with which the last backup failed; `undefined` where it went well. */
export function lastFailureOf(runs: readonly Run[]): ErrorCode | undefined {
  const last = runs.find(({ job, outcome }) => job === "backup" && ends.has(outcome));
  if (last?.outcome !== "failed") return undefined;
  return (last.code ?? "INTERNAL") as ErrorCode;
}

async function isPresent({ path, size, format }: BackupRecord): Promise<boolean> {
  try {
    const info = await Deno.lstat(path);
    // The files of a damaged database lie in a folder.
    if (format === "files") return info.isDirectory;
    return info.isFile && info.size === size;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
