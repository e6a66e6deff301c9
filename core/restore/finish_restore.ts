/**
 * Ends a restore or a rescue that stopped midway: the live database has its old or its new state,
 * whole; what is left is its journal mode, the safety backup, and a line in the log.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import { liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import { HoldfastError } from "../errors.ts";
import { isFile } from "../files/is_file.ts";
import type { RestoreIntent } from "./intent.ts";
import { noteRun } from "../directory/run_log.ts";
import type { Report } from "../report.ts";
import { settleFiles } from "./settle_files.ts";
import { addSafetyAgain, forgetOlder } from "./safety_again.ts";

/** What finishing works with. */
export interface FinishContext {
  readonly catalog: Catalog;
  readonly report: Report;
  readonly clock: Clock;
}

/**
 * Ends it; safe to repeat.
 *
 * @param renamed The later safety snapshot, where it became a backup before.
 */
export async function finishRestore(
  intent: RestoreIntent,
  { folder, renamed }: { readonly folder: string; readonly renamed?: BackupRecord | undefined },
  context: FinishContext,
): Promise<void> {
  if (renamed !== undefined) await forgetOlder(intent, context.catalog);
  const safety = renamed ?? await addSafetyAgain(intent, folder, context) ?? intent.safety ??
    undefined;
  await putJournalModeBack(intent, context.report);
  await settleFiles(intent.files, { database: intent.database, report: context.report });
  noteInterrupted(intent, safety, context);
  const undo = safety === undefined ? "" : `; the state before is in "${safety.name}"`;
  context.report.warn({
    code: "RECOVERED",
    message: `A ${whatOf(intent)} had been interrupted: it took effect whole or not at all${undo}`,
    hint: "`holdfast list` shows what is there.",
  });
}

function whatOf({ job, restoring }: RestoreIntent): string {
  return job === "rescue" ? `rescue from "${restoring}"` : `restore of "${restoring}"`;
}

/** A database that cannot be opened now must not keep everything else from its work. */
export async function putJournalModeBack(
  { database, journalMode }: RestoreIntent,
  report: Report,
): Promise<void> {
  if (journalMode !== "wal" || !await isFile(database)) return;
  const request = { path: database, mode: "wal", busyMs: 2_000 } as const;
  try {
    await runJob("journal", request, { grant: liveGrant(database) });
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    report.warn({
      code: "JOURNAL_MODE",
      message: `Cannot make sure that "${database}" is in WAL mode: ${error.message}`,
      hint: "A restore had been interrupted. When it opens again: PRAGMA journal_mode = WAL.",
    });
  }
}

/** Writes a line into the log, so that `undo` finds the safety backup. */
export function noteInterrupted(
  { job = "restore", restoring }: Pick<RestoreIntent, "restoring" | "job">,
  safety: BackupRecord | undefined,
  { catalog, clock }: Pick<FinishContext, "catalog" | "clock">,
): void {
  noteRun(job, { catalog, clock }, {
    outcome: "partly",
    message: `${restoring} (interrupted)`,
    details: { safetyBackup: safety?.id ?? null, interrupted: true },
  });
}
