/**
 * A target as the source of a restore: the copy is fetched into the private folder of
 * the restore, which then checks it like any other file.
 *
 * @module
 */

import { basename, extname } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { recordOfManifest } from "../catalog/manifest.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Staging } from "../files/staging.ts";
import { chooseCopy, type CopyChoice } from "./choose_copies.ts";
import { fetchCopy } from "./fetch_copy.ts";
import type { OpenTarget } from "./open_target.ts";
import { knownPrefix } from "./owner.ts";
import { readCopies } from "./read_copies.ts";
import { targetFailure } from "./target_failure.ts";
import { type TargetJob, targetWork } from "./target_work.ts";

/** Where a restore takes a copy from. */
export interface CopySource {
  /** The target. */
  readonly target: OpenTarget;
  /** Whose copies, where the target holds those of several databases: a beginning of their prefix. */
  readonly copies?: string | undefined;
}

/**
 * Fetches the copy that is meant. Gives its record and the path of the file.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `KEY_WRONG`,
 * `TARGET_FAILED`, `NO_SPACE`, `USAGE`, `CANCELLED`.
 */
export async function fetchForRestore(
  { target: place, copies: wanted }: CopySource,
  choice: CopyChoice,
  { catalog, database, staging, job }: {
    readonly catalog: Catalog;
    readonly database: string;
    readonly staging: Staging;
    readonly job: TargetJob;
  },
): Promise<{ readonly record: BackupRecord; readonly path: string }> {
  const work = targetWork(place, job);
  try {
    const prefix = wanted ?? knownPrefix(catalog);
    const { copies } = await readCopies(work, {
      prefix,
      name: basename(database, extname(database)),
    });
    const { record: copy } = chooseCopy(copies, choice);
    const path = staging.file("artifact.db");
    await fetchCopy(copy, path, work);
    return { record: recordOfManifest(copy.backup, catalog.directory), path };
  } catch (error) {
    throw targetFailure(error, { name: place.name, doing: "fetch" });
  }
}
