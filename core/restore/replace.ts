/**
 * Puts the backup in the place of what is there, with a safety backup before it.
 *
 * @module
 */

import type { BackupRecord, Reason } from "../artifact/backup_record.ts";
import { takeBackup } from "../artifact/take_backup.ts";
import { findDatabase, refuseHardLinks } from "../database_file.ts";
import type { FilesChange } from "./files_change.ts";
import { restoreBySwap } from "./restore_by_swap.ts";
import { safetyPack, withFiles } from "./restore_files.ts";
import { restoreOntoLive } from "./restore_onto_live.ts";
import type { LiveState } from "./restore_preview.ts";
import type { RestoreWork } from "./restore_work.ts";

/** Safety first, then the files, then the database, the way that suits it. */
export async function replace(
  work: RestoreWork,
  { live, change }: { readonly live: LiveState; readonly change: FilesChange | undefined },
): Promise<{ readonly safety: BackupRecord | undefined; readonly requiresRestart: boolean }> {
  const touched = change !== undefined && change.coming.length + change.going.length > 0
    ? change
    : undefined;
  if (live.kind !== "open" || work.record?.format === "files") {
    const safety = await withFiles(
      work,
      { change: touched, keepOld: true },
      (files) => restoreBySwap(work, files),
    );
    return { safety, requiresRestart: safety !== undefined };
  }
  if (work.options.force !== true) {
    const hint = "name the one that the application uses, and add --force.";
    refuseHardLinks(await findDatabase(work.database), "restore onto", hint);
  }
  const taken = work.options.safety === false ? undefined : await takeSafety(work, touched);
  const { safety } = await withFiles(
    work,
    { change: touched },
    (files) => restoreOntoLive(work, { facts: live.facts, safety: taken, files }),
  );
  return { safety, requiresRestart: false };
}

async function takeSafety(
  work: RestoreWork,
  change: FilesChange | undefined,
): Promise<BackupRecord | undefined> {
  const { open, report, clock, signal, title } = work;
  const database = await findDatabase(work.database);
  const reason: Reason = "pre-restore";
  return await takeBackup({
    reason,
    verify: "quick",
    keepDamaged: true,
    phase: "safety",
    metadata: { restoring: title },
    pack: change === undefined ? undefined : safetyPack(work, change),
  }, { database, open, report, clock, signal });
}
