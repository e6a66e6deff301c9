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
import { type SwapIntent, writeIntent } from "./intent.ts";
import { freeName, iso } from "../artifact/new_record.ts";
import { filesOf, performSwap } from "./restore_swap.ts";
import type { RestoreWork } from "./restore_work.ts";

/** Carries it out; gives the record of the old files, where there were any. */
export async function restoreBySwap(work: RestoreWork): Promise<BackupRecord | undefined> {
  const { database, staging, open, title } = work;
  const incoming = await bringBeside(work);
  const kept = await recordOfOldFiles(work);
  const intent: SwapIntent = {
    kind: "swap",
    database,
    restoring: title,
    incoming,
    keep: kept?.path ?? null,
    kept,
  };
  await writeIntent(staging.path, intent);
  work.report.progress({
    phase: "restore",
    done: 0,
    total: 1,
    unit: "steps",
    pointOfNoReturn: true,
  });
  await performSwap(intent, open.catalog);
  work.report.progress({ phase: "restore", done: 1, total: 1, unit: "steps" });
  return kept === null ? undefined : open.catalog.record(kept.id);
}

/** Whole, synced copies of the new files beside the database; the database last. */
async function bringBeside(
  { database, artifact, record }: RestoreWork,
): Promise<SwapIntent["incoming"]> {
  const unique = crypto.randomUUID().slice(0, 8);
  const sources = record?.format === "files"
    ? (await keptFiles(record.path)).map((from) => ({
      from,
      to: join(dirname(database), basename(from)),
    }))
    : [{ from: artifact, to: database }];
  const incoming: { from: string; to: string }[] = [];
  for (const { from, to } of sources) {
    const beside = join(dirname(database), `.${basename(to)}.holdfast-${unique}`);
    await Deno.copyFile(from, beside);
    await giveOwner(beside, database);
    await syncFile(beside);
    incoming.push({ from: beside, to });
  }
  return incoming;
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
