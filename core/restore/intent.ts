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

/** What identifies the state of a file without opening it. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly ino: number | null;
}

/** One file that takes a place, or goes. */
export interface FileSwap {
  /** The place. */
  readonly to: string;
  /** The bytes in the private folder; `null` where the file goes. */
  readonly source: string | null;
  /** Their time, in milliseconds since 1970. */
  readonly modifiedMs: number | null;
  /** Where they wait, beside the place; `null` where the file goes. */
  readonly from: string | null;
  /** Where the old file is kept until the end; `null` where there is none. */
  readonly keep: string | null;
  /** The old file. */
  readonly old: FileStamp | null;
}

/** Files beside the database that come back with it. */
export interface FilesPlan {
  readonly swaps: readonly FileSwap[];
  /** Folders that are made for them, outermost first. */
  readonly folders: readonly string[];
  /** The schema version of the database before: another one says that it was restored. */
  readonly schemaVersion?: number | undefined;
  /** The old ones are kept for good: no safety backup has them. */
  readonly keepOld?: boolean | undefined;
  /** They go back whatever the database says: its state before was put back. */
  readonly back?: boolean | undefined;
}

/** Files are about to take the place of others; the database is not touched yet. */
export interface FilesIntent {
  readonly kind: "files";
  readonly restoring: string;
  readonly files: FilesPlan;
}

/** A backup, or rows of it, is about to be written onto the live database in place. */
export interface RestoreIntent {
  readonly kind: "restore";
  /** What it is a step of; a restore by default. */
  readonly job?: "restore" | "rescue" | undefined;
  readonly database: string;
  /** The backup that is restored. */
  readonly restoring: string;
  /** The journal mode to keep. */
  readonly journalMode: string | null;
  /** The file, in the staging folder, of a safety snapshot taken inside the lock. */
  readonly safetyAgain: string;
  /** The safety backup's record, whose place that snapshot takes. */
  readonly safety: BackupRecord | null;
  /** The files that came back before it. */
  readonly files?: FilesPlan | undefined;
}

/** New files are about to be written outside of the backup directory, under names of their own. */
export interface BringIntent {
  readonly kind: "bring";
  /** The backup that is restored. */
  readonly restoring: string;
  /** The unfinished files: nothing refers to them yet. */
  readonly unfinished: readonly string[];
  /** The files that came back before. */
  readonly files?: FilesPlan | undefined;
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
  /** The files that came back before it. */
  readonly files?: FilesPlan | undefined;
}

/** Everything that can be about to happen. */
export type Intent = RecordIntent | FilesIntent | RestoreIntent | BringIntent | SwapIntent;

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
