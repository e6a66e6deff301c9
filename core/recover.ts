/**
 * Ends what a killed run had begun: each step is safe to repeat.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { Clock } from "./clock.ts";
import { liveGrant } from "./database_file.ts";
import { runJob } from "./engine/client.ts";
import { readIntent, type RecordIntent, type RestoreIntent } from "./intent.ts";
import { iso } from "./new_record.ts";
import { addSafetyAgain } from "./safety_again.ts";
import type { Place } from "./place.ts";
import type { Report } from "./report.ts";
import { isFile } from "./files/is_file.ts";
import { performSwap } from "./restore_swap.ts";

/** What recovering works with. */
export interface RecoverContext {
  readonly place: Place;
  readonly catalog: Catalog;
  readonly report: Report;
  readonly clock: Clock;
}

/** Takes what matters out of a dead run's staging folder. */
export async function recover(folder: string, context: RecoverContext): Promise<void> {
  const intent = await readIntent(folder);
  if (intent?.kind === "record") await finishRecord(intent, context);
  if (intent?.kind === "restore") await finishRestore(intent, folder, context);
  if (intent?.kind === "swap") {
    await performSwap(intent, context.catalog);
    tell(context, `A restore of "${intent.restoring}" had been interrupted and was completed`);
  }
}

/** The file had its final name, or it never will. */
async function finishRecord(
  { record }: RecordIntent,
  context: RecoverContext,
): Promise<BackupRecord | undefined> {
  const { catalog } = context;
  if (catalog.record(record.id) !== undefined || !await isFile(record.path)) return undefined;
  tell(context, `The backup "${record.name}" of an interrupted run is whole and was taken on`);
  return catalog.add(record);
}

/** The live database has its old or its new state, whole; its journal mode and the safety stay. */
async function finishRestore(
  intent: RestoreIntent,
  folder: string,
  context: RecoverContext,
): Promise<void> {
  const { database, restoring, journalMode } = intent;
  const safety = await addSafetyAgain(intent, folder, context) ?? intent.safety ?? undefined;
  if (journalMode === "wal" && await isFile(database)) {
    const request = { path: database, mode: "wal", busyMs: 10_000 } as const;
    await runJob("journal", request, { grant: liveGrant(database) });
  }
  noteInterrupted(intent, safety, context);
  const undo = safety === undefined ? "" : `; the state before is in "${safety.name}"`;
  tell(
    context,
    `A restore of "${restoring}" had been interrupted: it took effect whole or not at all${undo}`,
  );
}

/** So that `undo` finds its safety backup. */
function noteInterrupted(
  { restoring }: RestoreIntent,
  safety: BackupRecord | undefined,
  { catalog, clock }: RecoverContext,
): void {
  const at = iso(clock.now());
  catalog.putRun({
    id: crypto.randomUUID(),
    job: "restore",
    startedAt: at,
    finishedAt: at,
    outcome: "partly",
    code: null,
    message: `${restoring} (interrupted)`,
    backupId: null,
    host: null,
    details: { safetyBackup: safety?.id ?? null, interrupted: true },
  });
}

function tell({ report }: RecoverContext, message: string): void {
  report.warn({ code: "RECOVERED", message, hint: "`holdfast list` shows what is there." });
}
