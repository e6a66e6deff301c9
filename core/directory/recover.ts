/**
 * Ends what a killed run had begun: each step is safe to repeat.
 *
 * @module
 */

import { basename, join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import { finishRestore, noteInterrupted } from "../restore/finish_restore.ts";
import { readIntent, type RecordIntent, type SwapIntent } from "../restore/intent.ts";
import type { Place } from "./place.ts";
import type { Report } from "../report.ts";
import { isFile } from "../files/is_file.ts";
import { lookAtLive } from "../restore/restore_preview.ts";
import { finishFiles, putFilesBack } from "../restore/swap_files.ts";
import { performSwap, removeUnfinished } from "../restore/restore_swap.ts";

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
  if (intent?.kind === "record") {
    await finishRecord(intent, context);
    const renamed = context.catalog.record(intent.record.id);
    if (intent.within !== undefined) {
      await finishRestore(intent.within, { folder, renamed }, context);
    }
  }
  if (intent?.kind === "files") {
    await putFilesBack(intent.files, context.report);
    tell(
      context,
      `A restore of "${intent.restoring}" had been interrupted: its files were put back`,
    );
  }
  if (intent?.kind === "restore") await finishRestore(intent, { folder }, context);
  if (intent?.kind === "bring") {
    if (intent.files !== undefined) await putFilesBack(intent.files, context.report);
    const removed = await removeUnfinished(intent);
    if (removed === 0) return;
    tell(
      context,
      `A restore of "${intent.restoring}" had been interrupted before it changed anything: its unfinished file was removed`,
    );
  }
  if (intent?.kind === "swap") {
    if (!await mayGoOn(intent)) return await giveUp(intent, context);
    await performSwap(intent, context.catalog);
    if (intent.files !== undefined) await finishFiles(intent.files, context.report);
    noteInterrupted(intent, context.catalog.record(intent.kept?.id ?? ""), context);
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

/**
 * Whether it is safe to go on: since the kill somebody may have put a new database there,
 * which an application may have open.
 */
async function mayGoOn({ database, incoming, keep }: SwapIntent): Promise<boolean> {
  const last = incoming.at(-1);
  if (last === undefined || !await isFile(last.from)) return true;
  if (!await isFile(database) || (await Deno.stat(database)).size === 0) return true;
  // The old one was moved already: this is another.
  if (keep === null || await isFile(join(keep, basename(database)))) return false;
  return (await lookAtLive(database, { busyMs: 1_000 })).kind !== "open";
}

/** The old files are left where they are; the new ones go. */
async function giveUp(intent: SwapIntent, context: RecoverContext): Promise<void> {
  for (const { from } of intent.incoming) if (await isFile(from)) await Deno.remove(from);
  await performSwap(intent, context.catalog);
  if (intent.files !== undefined) await putFilesBack(intent.files, context.report);
  tell(
    context,
    `A restore of "${intent.restoring}" had been interrupted and was given up: there is another database now`,
  );
}

function tell({ report }: RecoverContext, message: string): void {
  report.warn({ code: "RECOVERED", message, hint: "`holdfast list` shows what is there." });
}
