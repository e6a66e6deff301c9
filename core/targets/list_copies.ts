/**
 * Lists the copies on a target.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { recordOfManifest } from "../catalog/manifest.ts";
import { Catalog } from "../catalog/catalog.ts";
import type { Warning } from "../report.ts";
import { copiesJob, type CopiesOptions } from "./copies_job.ts";
import { expectedKeys, lookAround } from "./findings.ts";
import type { FoundCopy } from "./read_copies.ts";

/** A backup by its copy. */
export interface ListedCopy extends BackupRecord {
  /** The key of the object. */
  readonly key: string;
  /** Bytes of the object. */
  readonly storedSize: number;
  /** The steps that it took on its way. */
  readonly codecs: readonly string[];
  /** The object has the size that its record tells. */
  readonly whole: boolean;
}

/** What a target holds. */
export interface CopyListing {
  /** The target's name. */
  readonly target: string;
  /** The database's name and the id of its backup directory. */
  readonly prefix: string | null;
  /** Newest first. */
  readonly copies: readonly ListedCopy[];
  /** What people did there, where the place can tell. */
  readonly warnings: readonly Warning[];
}

/**
 * Lists the copies of a database on a target, newest first, as the target itself tells.
 *
 * @throws {HoldfastError} `TARGET_FAILED`, `USAGE`, `CANCELLED`.
 */
export async function listCopies(options: CopiesOptions): Promise<CopyListing> {
  const { result, warnings } = await copiesJob("list", options, async (found, work) => {
    const { directory } = work.here;
    const copies = found.copies.map((copy) => listedCopy(copy, directory));
    using catalog = Catalog.openToRead(directory);
    const expected = catalog === undefined ? undefined : expectedKeys(catalog, work.place.name);
    await lookAround(catalog, work, expected);
    return {
      result: { target: work.place.name, prefix: found.prefix ?? null, copies },
      summary: `${copies.length} copies`,
    };
  });
  return { ...result, warnings };
}

/** A copy as a listing shows it. */
export function listedCopy({ record, object }: FoundCopy, directory: string): ListedCopy {
  const { artifact, backup } = record;
  return {
    ...recordOfManifest(backup, directory),
    key: artifact.key,
    storedSize: object.size,
    codecs: artifact.codecs,
    whole: object.size === artifact.size,
  };
}
