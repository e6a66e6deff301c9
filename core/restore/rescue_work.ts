/**
 * The step of a rescue that writes: a safety backup, then the rows, in one transaction.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { takeBackup } from "../artifact/take_backup.ts";
import type { Clock } from "../clock.ts";
import { type DatabaseFile, liveGrant } from "../database_file.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";
import { runJob } from "../engine/client.ts";
import type { RescueRequest } from "../engine/rescue.ts";
import { HoldfastError } from "../errors.ts";
import type { Staging } from "../files/staging.ts";
import type { Report } from "../report.ts";
import type { RescueCounts, RescueOptions } from "../rescue.ts";
import { type RestoreIntent, writeIntent } from "./intent.ts";
import { addSafetyAgain, momentOf } from "./safety_again.ts";
import { settleFailure } from "./settle_failure.ts";

/** One rescue under way. */
export interface RescueWork {
  readonly database: DatabaseFile;
  readonly open: OpenDirectory;
  readonly staging: Staging;
  readonly report: Report;
  readonly clock: Clock;
  readonly options: RescueOptions;
  readonly record: BackupRecord | undefined;
  readonly title: string;
  readonly artifact: string;
}

/** The safety backup first; what is committed after it is kept inside the lock, as in a restore. */
export async function rescueUnderSafety(
  work: RescueWork,
): Promise<{ readonly counts: RescueCounts; readonly safety: BackupRecord }> {
  const { database, open, staging, report, clock, title, options } = work;
  const { signal } = options;
  const taken = await takeBackup({
    reason: "pre-restore",
    verify: "quick",
    keepDamaged: true,
    phase: "safety",
    metadata: { restoring: title },
  }, { database, open, report, clock, signal });
  if (taken === undefined) throw new HoldfastError("INTERNAL", "Lost the safety backup");
  const intent: RestoreIntent = {
    kind: "restore",
    job: "rescue",
    database: database.path,
    restoring: title,
    journalMode: taken.metadata.journalMode ?? null,
    safetyAgain: staging.file("safety-again.db"),
    safety: taken,
  };
  await writeIntent(staging.path, intent);
  const { safetyAgain } = intent;
  const context = { catalog: open.catalog, place: open.place, clock, report };
  try {
    const counts = await runRescue(work, {
      dryRun: false,
      ...momentOf(taken),
      safetyAgain,
    });
    const later = await addSafetyAgain(intent, staging.path, context);
    return { counts, safety: later ?? taken };
  } catch (error) {
    await settleFailure(error, intent, { ...context, staging, inside: true });
    throw error;
  }
}

/** Counts the rows, or brings them back, in the engine. */
export async function runRescue(
  { database, staging, artifact, report, options }: RescueWork,
  how: Pick<RescueRequest, "dryRun" | "safetyMoment" | "safetyAt" | "safetyAgain">,
): Promise<RescueCounts> {
  const { table, where, replace = false, lockMs = 10_000 } = options;
  return await runJob("rescue", {
    artifact,
    live: database.path,
    table,
    where,
    replace,
    busyMs: lockMs,
    ...how,
  }, {
    grant: liveGrant(database.path, staging.path),
    deadlineMs: options.deadlineMs ?? 120_000,
    signal: options.signal,
    onProgress: report.engine(how.dryRun ? "read" : "restore"),
  });
}
