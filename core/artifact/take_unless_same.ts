/**
 * Takes a backup only where something was written since the last one.
 *
 * @module
 */

import type { BackupOptions } from "../backup.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import { isFile } from "../files/is_file.ts";
import { type BackupRecord, isGood } from "./backup_record.ts";
import type { PackOptions } from "./pack_backup.ts";
import { takeBackup, type TakeContext } from "./take_backup.ts";

/** The newest good backup, where its file is there: what `ifChanged` compares with. */
export async function lastGood(catalog: Catalog): Promise<BackupRecord | undefined> {
  for (const record of catalog.records()) {
    if (record.reason === "pre-restore" || !isGood(record)) continue;
    return await isFile(record.path) ? record : undefined;
  }
  return undefined;
}

/** Takes a backup; `undefined` where nothing was written since the last one. */
export async function takeUnlessSame(
  last: BackupRecord | undefined,
  options: BackupOptions & { readonly pack: PackOptions | undefined },
  context: TakeContext,
): Promise<BackupRecord | undefined> {
  const { database, signal } = context;
  const { pack } = options;
  // Files may have changed where the database did not.
  if (last?.metadata.moment !== undefined && pack === undefined && last.format === "db") {
    const request = { path: database.path, busyMs: options.busyMs ?? 30_000 };
    const { moment, unsureUntil } = await runJob("inspect", request, {
      grant: liveGrant(database.path),
      signal,
    });
    // Where the moment does not tell for sure, the bytes of a new snapshot do.
    const isSure = Date.parse(last.createdAt) > unsureUntil;
    if (moment === last.metadata.moment && isSure) return undefined;
  }
  return await takeBackup({
    ...options,
    reason: options.reason ?? "manual",
    expiresAt: options.expiresAt?.toString({ fractionalSecondDigits: 3 }),
    unlessSame: last,
  }, context);
}
