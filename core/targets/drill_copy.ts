/**
 * Drills a copy on a target: fetched, decoded, restored into a scratch file and proved.
 *
 * @module
 */

import { recordOfManifest } from "../catalog/manifest.ts";
import { Catalog } from "../catalog/catalog.ts";
import { logged } from "../directory/run_log.ts";
import type { DrillResult } from "../drill.ts";
import { systemClock } from "../clock.ts";
import { isFile } from "../files/is_file.ts";
import { Staging } from "../files/staging.ts";
import { stagingRoom } from "../files/staging_room.ts";
import { type VerifiedBackup, verifyOne, type VerifyOptions } from "../verify.ts";
import { chooseCopy } from "./choose_copies.ts";
import { copiesJob, type CopiesOptions, type CopiesWork } from "./copies_job.ts";
import { fetchCopy } from "./fetch_copy.ts";
import type { FoundCopy } from "./read_copies.ts";
import { targetFailure } from "./target_failure.ts";
import { isBadCopy, noteCopies } from "./verify_copies.ts";

/** What {@linkcode drillCopy} is given. */
export interface DrillCopyOptions
  extends
    CopiesOptions,
    Pick<VerifyOptions, "expectTables" | "assertions" | "formats" | "deadlineMs"> {
  /** An id, a file name, an unambiguous beginning of either, or `latest` (the default). */
  readonly backup?: string | undefined;
  /** The newest one that is not younger than this instant. */
  readonly at?: Temporal.Instant | undefined;
}

/**
 * Brings a copy back into a private folder, decodes it, restores it into a scratch file and
 * proves it there, as `drill` does with a backup here. Whether it holds the bytes of its
 * backup is noted on the copy: one that does not is sent again by the next push. A bad copy
 * is an outcome, not an error.
 *
 * Needs `--allow-read`, `--allow-write`, `--allow-run` and what the target needs.
 *
 * @throws {HoldfastError} `TARGET_FAILED`, `BACKUP_NOT_FOUND`, `KEY_WRONG`, `NO_SPACE`,
 * `USAGE`, `CANCELLED`.
 */
export async function drillCopy(options: DrillCopyOptions): Promise<DrillResult> {
  const { result, warnings } = await copiesJob("drill", options, async ({ copies }, work) => {
    const copy = chooseCopy(copies, options);
    const { isWhole, ...found } = await loggedHere(work, () => drillFound(copy, options, work));
    const { ok, faults } = found;
    const { backup, artifact } = copy.record;
    const about = { id: backup.id, name: backup.filename, key: artifact.key };
    const fault = isWhole ? null : faults.join("; ");
    await noteCopies([{ ...about, ok: isWhole, by: "download", fault }], copies, work);
    return { result: found, summary: ok ? "1 good" : "1 of 1 bad" };
  });
  return { ...result, warnings };
}

/** What was found, and whether the copy holds the bytes of its backup. */
type Found = VerifiedBackup & { readonly isWhole: boolean };

async function drillFound(
  { record }: FoundCopy,
  options: DrillCopyOptions,
  work: CopiesWork,
): Promise<Found> {
  const { expectTables, assertions, formats, deadlineMs, clock = systemClock } = options;
  const { report, signal, here, place } = work;
  await using room = await stagingRoom(here.directory);
  await using staging = await Staging.create(room.path);
  const path = staging.file("copy");
  const backup = recordOfManifest(record.backup, here.directory);
  try {
    await fetchCopy(record, path, work);
  } catch (error) {
    if (!isBadCopy(error)) throw error;
    const { message } = targetFailure(error, { name: place.name, doing: "fetch" });
    const { id, name } = backup;
    const about = { id, name, path: record.artifact.key, isWhole: false } as const;
    return { ...about, ok: false, proof: "stored", faults: [message] };
  }
  const context = { expectTables, assertions, formats, deadlineMs, clock, report, signal };
  const found = await verifyOne({ kind: "record", record: { ...backup, path } }, {
    ...context,
    directory: room.path,
    deep: true,
  });
  // The private file is gone: the copy is what was drilled.
  return { ...found, path: record.artifact.key, isWhole: true };
}

/** With a line in the log, where there is a catalog. */
async function loggedHere(
  { here, clock, place }: CopiesWork,
  work: () => Promise<Found>,
): Promise<Found> {
  if (!await isFile(`${here.directory}/catalog.db`)) return await work();
  using catalog = Catalog.openToWrite(here.directory);
  const details = { target: place.name };
  return await logged("drill", { catalog, clock, details }, async () => {
    const found = await work();
    const { ok, name } = found;
    const message = `${name} on ${place.name}: ${ok ? "good" : "bad"}`;
    return { result: found, end: { outcome: ok ? "done" : "failed", message } };
  });
}
