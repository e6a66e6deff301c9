/**
 * Copies the files of a backup directory and proves that the copies are the same.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { type Catalog, CATALOG_FILE } from "../catalog/catalog.ts";
import { MANIFEST_FILE } from "../catalog/manifest.ts";
import { TRASH_DIR } from "../catalog/record_row.ts";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir, syncDir, unfinishedPrefix } from "../files/atomic_file.ts";
import { LOCK_FILE } from "../files/directory_lock.ts";
import { hashFile } from "../files/hash_file.ts";
import { STAGING_DIR } from "../files/staging.ts";
import { syncFile } from "../files/sync_file.ts";
import { MOVED_FILE } from "./moved_pointer.ts";
import { type Report, throwIfCancelled } from "../report.ts";

/** A file of a backup directory. */
export interface DirectoryEntry {
  /** Relative to the directory. */
  readonly path: string;
  readonly size: number;
}

/** What every directory makes anew. */
const own: ReadonlySet<string> = new Set([
  CATALOG_FILE,
  `${CATALOG_FILE}-journal`,
  MANIFEST_FILE,
  MOVED_FILE,
  LOCK_FILE,
  STAGING_DIR,
]);

/** Every file of a backup directory but its catalog, manifest, lock and leftovers. */
export async function listEntries(directory: string, below = ""): Promise<DirectoryEntry[]> {
  const found: DirectoryEntry[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(join(directory, below))) {
    const path = below === "" ? name : `${below}/${name}`;
    if (below === "" && (own.has(name) || name.startsWith(unfinishedPrefix))) continue;
    if (isDirectory) found.push(...await listEntries(directory, path));
    else if (isFile) found.push({ path, size: (await Deno.stat(join(directory, path))).size });
  }
  return found;
}

/**
 * Copies them, synced, and reads each copy again. One that is there already and the same,
 * from a run before, is left as it is.
 *
 * @throws {HoldfastError} `BACKUP_FAILED` where a copy differs; `CANCELLED`.
 */
export async function copyEntries(
  entries: readonly DirectoryEntry[],
  { from, to, catalog, report, signal }: {
    readonly from: string;
    readonly to: string;
    readonly catalog: Catalog;
    readonly report: Report;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const hashes = new Map(
    catalog.records({ deleted: true }).map(({ name, sha256 }) => [name, sha256]),
  );
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const { path, size } of entries) {
    throwIfCancelled(signal);
    const name = path.startsWith(`${TRASH_DIR}/`) ? path.slice(TRASH_DIR.length + 1) : path;
    const original = await hashFile(join(from, path), { signal });
    const known = hashes.get(name);
    if (known !== undefined && known !== null && known !== original) {
      report.warn({
        code: "CHANGED",
        message: `"${path}" is not what its record says; it is moved as it is`,
        hint: "See which backups are good: holdfast verify --all",
      });
    }
    await copyProved(join(from, path), join(to, path), { original, signal });
    done += size;
    report.progress({ phase: "write", done, total, unit: "bytes", item: path });
  }
}

async function copyProved(
  from: string,
  to: string,
  { original, signal }: {
    readonly original: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  await makePrivateDir(dirname(to));
  if (await hashOf(to) === original) return;
  await Deno.copyFile(from, to);
  if (Deno.build.os !== "windows") await Deno.chmod(to, 0o600);
  await syncFile(to);
  await syncDir(dirname(to));
  if (await hashFile(to, { signal }) === original) return;
  throw new HoldfastError("BACKUP_FAILED", `Cannot copy "${from}": the copy is not the same`, {
    hint: "Nothing was moved. Look at the disk of the new directory.",
  });
}

async function hashOf(path: string): Promise<string | undefined> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
