/**
 * Restores onto the live database: looked at, confirmed, replaced and noted.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { iso } from "../artifact/new_record.ts";
import { contentMetadata, type ProofOptions } from "../artifact/proof.ts";
import { provedIn, refuseBad } from "../artifact/prove_staged.ts";
import { mirror } from "../directory/open_directory.ts";
import { logged } from "../directory/run_log.ts";
import { HoldfastError } from "../errors.ts";
import { throwIfCancelled } from "../report.ts";
import type { RestoreResult } from "../restore.ts";
import { doubtsAboutFiles, filesChange, previewOf } from "./files_change.ts";
import { noteInterrupted } from "./finish_restore.ts";
import { leaveNoting } from "./leave_noting.ts";
import { replace } from "./replace.ts";
import { refuseDoubts, refuseForSpace } from "./restore_checks.ts";
import { doubtsAbout, lookAtLive, type RestorePreview, tableChanges } from "./restore_preview.ts";
import type { RestoreWork } from "./restore_work.ts";

/**
 * Verifies the staged backup, shows what would change, and where that is confirmed replaces the
 * live database, with the hooks around it and a line in the log.
 */
export async function restoreDatabase(work: RestoreWork): Promise<Omit<RestoreResult, "warnings">> {
  const { options, report, signal, clock } = work;
  const metadata = await verified(work);
  const live = await lookAtLive(work.database, { busyMs: options.lockMs ?? 10_000, signal });
  const change = await filesChange(work);
  const strange = work.record === undefined ? doubtsAboutFiles(change) : [];
  const preview: RestorePreview = {
    ...whatOf(work),
    live: live.kind,
    tables: tableChanges(live, metadata),
    doubts: [...doubtsAbout(live, metadata), ...strange],
    files: change === undefined ? null : previewOf(change),
    safety: options.safety !== false,
  };
  const result = { ...resultOf(work), preview };
  if (options.dryRun) return { ...result, dryRun: true, restoredAt: iso(clock.now()) };
  if (options.confirm !== undefined && await options.confirm(preview) !== true) {
    throw new HoldfastError("CANCELLED", "Nothing was changed: the restore was not confirmed");
  }
  refuseDoubts(preview, options);
  await refuseForSpace(work, live);
  throwIfCancelled(signal);
  const log = { catalog: work.open.catalog, clock, unnoted: leaveNoting(work) };
  return await logged("restore", log, async () => {
    const { safety, requiresRestart } = await withHooks(
      work,
      () => replace(work, { live, change }),
    );
    await mirror(work.open.catalog, report);
    const safetyBackup = safety === undefined
      ? null
      : { id: safety.id, name: safety.name, path: safety.path };
    return {
      result: { ...result, safetyBackup, requiresRestart, restoredAt: iso(clock.now()) },
      end: {
        outcome: "done",
        backupId: work.record?.id ?? null,
        message: work.title,
        details: { safetyBackup: safetyBackup?.id ?? null, undo: report.job === "undo" },
      },
    };
  });
}

/** Verifies the staged file; gives what it holds. Kept damaged files are taken as they are. */
async function verified(work: RestoreWork): Promise<ReturnType<typeof contentMetadata>> {
  const { record, staging, artifact, title, options, report, signal, open } = work;
  if (record?.format === "files") return record.metadata;
  const proof: ProofOptions = { verify: options.verify ?? "quick" };
  const directory = open.place.directory;
  const context = { ...proof, report, directory, signal, expectSha256: record?.sha256 };
  const proved = await provedIn(staging, artifact, context);
  // A safety backup of a damaged database is as damaged, and may be wanted back.
  const asIs = record?.metadata.damaged === true && record.sha256 === proved.sha256;
  const compared = options.checksum === false ? undefined : record;
  if (!asIs) refuseBad(proved, { record: compared, path: title, options: proof });
  return contentMetadata(proved, proof);
}

async function withHooks<T extends { readonly safety: BackupRecord | undefined }>(
  { options: { before, after }, open: { catalog }, clock, title }: RestoreWork,
  restoring: () => Promise<T>,
): Promise<T> {
  let done: T;
  try {
    await before?.();
    done = await restoring();
  } catch (error) {
    await after?.();
    throw error;
  }
  try {
    await after?.();
  } catch (error) {
    noteInterrupted({ restoring: title }, done.safety, { catalog, clock });
    throw error;
  }
  return done;
}

function whatOf(
  { database, title, record }: RestoreWork,
): Pick<RestorePreview, "database" | "backup" | "id" | "createdAt"> {
  return {
    database,
    backup: title,
    id: record?.id ?? null,
    createdAt: record?.createdAt ?? null,
  };
}

function resultOf(work: RestoreWork): Omit<RestoreResult, "warnings" | "restoredAt" | "preview"> {
  return {
    id: work.record?.id ?? null,
    backup: work.title,
    database: work.database,
    safetyBackup: null,
    requiresRestart: false,
    dryRun: false,
  };
}
