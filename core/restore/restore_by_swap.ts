/**
 * Restores by putting a new file where the live database is missing or no database
 * any more. The old files are kept together, with a record.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { isFile } from "../files/is_file.ts";
import { syncFile } from "../files/sync_file.ts";
import { type BringIntent, type FilesPlan, type SwapIntent, writeIntent } from "./intent.ts";
import { freeName, iso } from "../artifact/new_record.ts";
import { asHoldfastError } from "../report.ts";
import { filesOf, performSwap, removeUnfinished, undoSwap } from "./restore_swap.ts";
import type { RestoreWork } from "./restore_work.ts";

/** Carries it out; gives the record of the old files, where there were any. */
export async function restoreBySwap(
  work: RestoreWork,
  plan?: FilesPlan,
): Promise<BackupRecord | undefined> {
  const { database, staging, open, title, report } = work;
  const files = await filesToBring(work);
  const incoming = files.map(({ beside, to }) => ({ from: beside, to }));
  const unfinished = files.map(({ beside }) => beside);
  await writeIntent(staging.path, { kind: "bring", restoring: title, unfinished, files: plan });
  let intent: SwapIntent | undefined;
  try {
    for (const file of files) await bring(file, database);
    const kept = await recordOfOldFiles(work);
    intent = {
      kind: "swap",
      database,
      restoring: title,
      incoming,
      keep: kept?.path ?? null,
      kept,
      files: plan,
    };
    await writeIntent(staging.path, intent);
    report.progress({ phase: "restore", done: 0, total: 1, unit: "steps", pointOfNoReturn: true });
    await performSwap(intent, open.catalog);
    report.progress({ phase: "restore", done: 1, total: 1, unit: "steps" });
    return kept === null ? undefined : open.catalog.record(kept.id);
  } catch (error) {
    await giveUpSwap(intent ?? { unfinished }, work);
    throw error;
  }
}

/** Puts the old files back and removes the new ones; where that fails too, the next run does it. */
async function giveUpSwap(
  intent: SwapIntent | Pick<BringIntent, "unfinished">,
  { staging, report }: RestoreWork,
): Promise<void> {
  try {
    if ("unfinished" in intent) await removeUnfinished(intent);
    else if (!await undoSwap(intent)) staging.leave();
  } catch (cause) {
    staging.leave();
    report.warn({
      code: "NOT_RECOVERED",
      message: `Cannot put right what was left: ${asHoldfastError(cause, "INTERNAL").message}`,
      hint: "The next command tries it again; nothing is lost.",
    });
  }
}

/** A new file: what it is copied from, its name beside the database, the name that it gets. */
interface FileToBring {
  readonly source: string;
  readonly beside: string;
  readonly to: string;
}

/** The new files, the database last. */
async function filesToBring(
  { database, artifact, record }: RestoreWork,
): Promise<readonly FileToBring[]> {
  const unique = crypto.randomUUID().slice(0, 8);
  const sources = record?.format === "files"
    ? (await keptFiles(record.path)).map((source) => ({
      source,
      to: join(dirname(database), basename(source)),
    }))
    : [{ source: artifact, to: database }];
  return sources.map(({ source, to }) => ({
    source,
    beside: join(dirname(database), `.${basename(to)}.holdfast-${unique}`),
    to,
  }));
}

/** A whole, synced copy beside the database. */
async function bring({ source, beside }: FileToBring, database: string): Promise<void> {
  await Deno.copyFile(source, beside);
  await giveOwner(beside, database);
  await syncFile(beside);
}

/**
 * The new file belongs to whom the old one belonged, with its mode, so that the
 * application can open it; where there is none, to the owner of the folder, privately.
 */
async function giveOwner(path: string, database: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  const old = await isFile(database) ? await Deno.stat(database) : undefined;
  const { uid, gid } = old ?? await Deno.stat(dirname(database));
  await Deno.chmod(path, (old?.mode ?? 0o600) & 0o777);
  const mine = await Deno.stat(path);
  if (mine.uid !== uid || mine.gid !== gid) await Deno.chown(path, uid, gid);
}

/** The files of a kept damaged database, the database itself last. */
async function keptFiles(folder: string): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  return names.sort((a, b) => b.length - a.length).map((name) => join(folder, name));
}

async function recordOfOldFiles(
  { database, open, clock, title }: RestoreWork,
): Promise<Omit<BackupRecord, "sequence"> | null> {
  const present: string[] = [];
  for (const path of filesOf(database)) if (await isFile(path)) present.push(path);
  const sizes = await Promise.all(present.map(async (path) => (await Deno.stat(path)).size));
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (size === 0) return null;
  const at = clock.now();
  const name = freeName(open.catalog, { at, zone: clock.zone(), extension: ".damaged" });
  return {
    id: crypto.randomUUID(),
    name,
    reason: "pre-restore",
    sourceVersion: null,
    path: join(open.catalog.directory, name),
    size,
    fileCount: present.length,
    format: "files",
    sha256: null,
    note: null,
    metadata: {
      restoring: title,
      damaged: true,
      files: present.map((path) => basename(path)),
      zone: clock.zone(),
    },
    createdAt: iso(at),
    expiresAt: null,
    pinned: false,
    proof: "stored",
    provedAt: null,
    deletedAt: null,
  };
}
