/**
 * Ends the file phase of a restore that failed or was killed: the files go with the
 * database, which has its old or its new state, whole.
 *
 * @module
 */

import { liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import { HoldfastError } from "../errors.ts";
import type { Report } from "../report.ts";
import type { FilesPlan } from "./intent.ts";
import { finishFiles, putFilesBack } from "./swap_files.ts";

/**
 * Puts the old files back, or lets go of them where the database was restored. Safe to
 * repeat.
 */
export async function settleFiles(
  files: FilesPlan | undefined,
  { database, report }: { readonly database: string; readonly report: Report },
): Promise<void> {
  if (files === undefined) return;
  if (await wasRestored(files, database)) await finishFiles(files, report);
  else await putFilesBack(files, report);
}

/**
 * SQLite's backup ends by raising the schema version of the database that it wrote, in the
 * same transaction: where that is the old one, nothing was restored.
 *
 * @see https://www.sqlite.org/c3ref/backup_finish.html
 */
async function wasRestored(
  { schemaVersion, back }: FilesPlan,
  database: string,
): Promise<boolean> {
  if (schemaVersion === undefined || back === true) return false;
  try {
    const request = { path: database, busyMs: 5_000 };
    const facts = await runJob("inspect", request, { grant: liveGrant(database) });
    return facts.schemaVersion !== schemaVersion;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return false;
  }
}
