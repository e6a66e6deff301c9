/**
 * The trash of a backup directory: what was deleted can come back for 7 days.
 *
 * The record is written first and the file follows; whatever a kill left between the
 * two is settled by the next run, in the direction that the record says. To remove
 * something for good the file goes first, and the record after it. So at no moment is
 * there a file that no record knows.
 *
 * @module
 */

import { join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { TRASH_DIR } from "../catalog/record_row.ts";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir, syncDir } from "../files/atomic_file.ts";
import { exists } from "../files/is_file.ts";
import { readInstant, timeline } from "../retention/retention_timeline.ts";

/** For so many days what is in the trash can come back. */
export const GRACE_DAYS = 7;

/** Puts a backup into the trash. One whose file is gone, and that no target has, is forgotten. */
export async function toTrash(
  record: BackupRecord,
  { catalog, at }: { readonly catalog: Catalog; readonly at: string },
): Promise<"trashed" | "forgotten"> {
  const from = join(catalog.directory, record.name);
  if (!await exists(from)) {
    if (!catalog.hasCopies(record.id)) {
      catalog.forget(record.id);
      return "forgotten";
    }
    catalog.put({ ...record, deletedAt: at });
    return "trashed";
  }
  catalog.put({ ...record, deletedAt: at });
  await moveWithin(catalog.directory, { from: record.name, to: join(TRASH_DIR, record.name) });
  return "trashed";
}

/**
 * Takes a backup out of the trash.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where its file is gone for good.
 */
export async function fromTrash(record: BackupRecord, catalog: Catalog): Promise<BackupRecord> {
  const inTrash = join(TRASH_DIR, record.name);
  if (!await exists(join(catalog.directory, inTrash))) {
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot bring back "${record.name}": it is gone`, {
      hint: `What is in the trash goes for good after ${GRACE_DAYS} days, or when space is low.`,
    });
  }
  catalog.put({ ...record, deletedAt: null });
  await moveWithin(catalog.directory, { from: inTrash, to: record.name });
  return catalog.record(record.id) ?? record;
}

/** Ends what a kill left between a record and its file. Gives how many files were moved. */
export async function settleTrash(catalog: Catalog): Promise<number> {
  let moved = 0;
  const trashed = new Set<string>();
  for (const { name } of catalog.trashed()) {
    trashed.add(name);
    const to = join(TRASH_DIR, name);
    if (await moveWithin(catalog.directory, { from: name, to })) moved++;
  }
  for (const name of await namesInTrash(catalog.directory)) {
    if (trashed.has(name) || !catalog.isNameTaken(name)) continue;
    const from = join(TRASH_DIR, name);
    if (await moveWithin(catalog.directory, { from, to: name })) moved++;
  }
  return moved;
}

/**
 * Removes for good what has been in the trash for its 7 days. They are counted as far as
 * the clock can be believed: up to the newest good backup, not up to now.
 */
export async function purgeTrash(
  catalog: Catalog,
  { now, zone }: { readonly now: Temporal.Instant; readonly zone: string },
): Promise<readonly BackupRecord[]> {
  const trashed = catalog.trashed();
  if (trashed.length === 0) return [];
  const known = catalog.records().map((record) => ({ ...record, present: true }));
  const { anchor } = timeline(known, now, zone);
  if (anchor === undefined) return [];
  const limit = anchor.subtract({ hours: GRACE_DAYS * 24 });
  return await purge(trashed.filter((record) => isBefore(record.deletedAt, limit)), catalog);
}

/** Removes all of the trash for good, or, oldest first, until `enough` says so. */
export async function emptyTrash(
  catalog: Catalog,
  enough: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<readonly BackupRecord[]> {
  const gone: BackupRecord[] = [];
  for (const record of catalog.trashed()) {
    if (await enough()) break;
    gone.push(...await purge([record], catalog));
  }
  return gone;
}

/** The file first: a record without a file is understood, a file without a record is not. */
async function purge(
  records: readonly BackupRecord[],
  catalog: Catalog,
): Promise<readonly BackupRecord[]> {
  const gone: BackupRecord[] = [];
  for (const record of records) {
    const removed = await removeIfThere(join(catalog.directory, TRASH_DIR, record.name));
    // What a target still has stays known, as deleted here.
    const forget = !catalog.hasCopies(record.id);
    if (forget) catalog.forget(record.id);
    if (removed || forget) gone.push(record);
  }
  return gone;
}

/** Renames inside the backup directory, durably; `false` where there is nothing, or something is in the way. */
async function moveWithin(
  directory: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const [source, goal] = [join(directory, from), join(directory, to)];
  if (!await exists(source) || await exists(goal)) return false;
  await makePrivateDir(join(directory, TRASH_DIR));
  await Deno.rename(source, goal);
  await syncDir(directory);
  await syncDir(join(directory, TRASH_DIR));
  return true;
}

async function namesInTrash(directory: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(join(directory, TRASH_DIR)));
    return entries.map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function isBefore(text: string | null, limit: Temporal.Instant): boolean {
  const instant = text === null ? undefined : readInstant(text);
  return instant !== undefined && Temporal.Instant.compare(instant, limit) <= 0;
}

async function removeIfThere(path: string): Promise<boolean> {
  try {
    await Deno.remove(path, { recursive: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
