/**
 * What a run is about to make true, written down before it does, in its staging
 * folder: after a kill the next run knows how to end it.
 *
 * @module
 */

import { join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";

/** The file in a staging folder. */
export const INTENT_FILE = "intent.json";

/** A staged file is about to become the backup of this record. */
export interface RecordIntent {
  readonly kind: "record";
  readonly record: Omit<BackupRecord, "sequence">;
  /** The restore that it is a step of: with this intent its own is gone. */
  readonly within?: RestoreIntent | undefined;
}

/** A backup is about to be written onto the live database in place. */
export interface RestoreIntent {
  readonly kind: "restore";
  readonly database: string;
  /** The backup that is restored. */
  readonly restoring: string;
  /** The journal mode to keep. */
  readonly journalMode: string | null;
  /** The file, in the staging folder, of a safety snapshot taken inside the lock. */
  readonly safetyAgain: string;
  /** The safety backup's record, whose place that snapshot takes. */
  readonly safety: BackupRecord | null;
}

/** New files are about to be written outside of the backup directory, under names of their own. */
export interface BringIntent {
  readonly kind: "bring";
  /** The backup that is restored. */
  readonly restoring: string;
  /** The unfinished files: nothing refers to them yet. */
  readonly unfinished: readonly string[];
}

/** Whole new files are about to take the place of the live database's. */
export interface SwapIntent {
  readonly kind: "swap";
  readonly database: string;
  readonly restoring: string;
  /** The new files, synced, beside the database, and the names that they get; the database last. */
  readonly incoming: readonly { readonly from: string; readonly to: string }[];
  /** The folder that the old files go to, under their names; `null` where there are none. */
  readonly keep: string | null;
  /** The record of that folder. */
  readonly kept: Omit<BackupRecord, "sequence"> | null;
}

/** Everything that can be about to happen. */
export type Intent = RecordIntent | RestoreIntent | BringIntent | SwapIntent;

/** Writes it down, durably. */
export async function writeIntent(folder: string, intent: Intent): Promise<void> {
  await writeFileAtomic(join(folder, INTENT_FILE), JSON.stringify(intent));
}

/** What a folder's run was about to do, if anything. */
export async function readIntent(folder: string): Promise<Intent | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, INTENT_FILE))) as Intent;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
