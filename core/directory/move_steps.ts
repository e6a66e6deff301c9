/**
 * The steps of a move beside the copying.
 *
 * @module
 */

import { join, relative } from "node:path";
import { Catalog, CATALOG_FILE } from "../catalog/catalog.ts";
import { MANIFEST_FILE } from "../catalog/manifest.ts";
import { readAnyCatalog } from "../catalog/read_any_catalog.ts";
import { TRASH_DIR } from "../catalog/record_row.ts";
import { HoldfastError } from "../errors.ts";
import {
  makePrivateDir,
  syncDir,
  unfinishedPrefix,
  writeFileAtomic,
} from "../files/atomic_file.ts";
import { LOCK_FILE } from "../files/directory_lock.ts";
import { isDirectory, isFile } from "../files/is_file.ts";
import { Staging, STAGING_DIR } from "../files/staging.ts";
import { syncFile } from "../files/sync_file.ts";

/** The fact of a catalog that says from where it was moved, until the old files are gone. */
export const MOVED_FROM = "movedFrom";

/** Marks a directory that a move fills, with the id of what is moved. */
const MOVING_FILE = `${unfinishedPrefix}move.json`;

/**
 * Makes the new directory, or takes on one that a killed run of the same move began.
 *
 * @returns Whether it was made.
 * @throws {HoldfastError} `DESTINATION_EXISTS` where anything else is there.
 */
export async function prepareDestination(to: string, id: string): Promise<boolean> {
  const made = !await isDirectory(to);
  await makePrivateDir(to);
  const names = (await Array.fromAsync(Deno.readDir(to))).map(({ name }) => name);
  const isOurs = (name: string): boolean => name.startsWith(unfinishedPrefix);
  if (!names.every(isOurs) && await idIn(to) !== id) {
    throw new HoldfastError("DESTINATION_EXISTS", `Cannot move to "${to}": it is not empty`, {
      hint: "Choose a folder that is missing or empty. Nothing was changed.",
    });
  }
  for (const name of names.filter(isOurs)) await removeIfThere(join(to, name));
  await writeFileAtomic(join(to, MOVING_FILE), JSON.stringify({ id }));
  return made;
}

/** The id of what a killed move was filling the directory with. */
async function idIn(directory: string): Promise<string | undefined> {
  const path = join(directory, CATALOG_FILE);
  if (await isFile(path)) {
    const { facts } = readAnyCatalog(path);
    return (facts.get(MOVED_FROM) ?? "") === "" ? undefined : facts.get("id");
  }
  try {
    const value: unknown = JSON.parse(await Deno.readTextFile(join(directory, MOVING_FILE)));
    if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
    return typeof value.id === "string" ? value.id : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Takes away what a move that failed had put there; a folder that was there before stays. */
export async function clearDestination(to: string, made: boolean): Promise<void> {
  for await (const { name } of Deno.readDir(to)) await removeIfThere(join(to, name));
  if (made) await removeIfEmpty(to);
}

/** Gives the new directory its catalog, whole in one rename. */
export async function switchCatalog(
  catalog: Catalog,
  { from, to, database }: {
    readonly from: string;
    readonly to: string;
    readonly database: string;
  },
): Promise<void> {
  await using staging = await Staging.create(to);
  // No transaction is open and the lock is ours: the file is whole, and no journal beside it.
  await Deno.copyFile(join(catalog.directory, CATALOG_FILE), staging.file(CATALOG_FILE));
  {
    using copy = Catalog.openToWrite(staging.path);
    copy.setFact("relative", relative(to, database));
    copy.setFact(MOVED_FROM, from);
  }
  if (!readAnyCatalog(staging.file(CATALOG_FILE)).sound) {
    throw new HoldfastError("BACKUP_FAILED", `Cannot copy the catalog to "${to}": it is damaged`, {
      hint: "Nothing was moved. Look at it: holdfast catalog check",
    });
  }
  await syncFile(staging.file(CATALOG_FILE));
  await Deno.rename(staging.file(CATALOG_FILE), join(to, CATALOG_FILE));
  await removeIfThere(join(to, MOVING_FILE));
  await syncDir(to);
}

/**
 * Removes from the old directory what the new one has; what is not ours stays there, and
 * the pointer. Nothing is removed while the old directory still has a catalog.
 */
export async function removeOld(from: string, catalog: Catalog): Promise<void> {
  if (!await isFile(join(from, CATALOG_FILE))) {
    for (const { name } of catalog.records({ deleted: true })) {
      await removeIfThere(join(from, name));
      await removeIfThere(join(from, TRASH_DIR, name));
    }
    for (const name of [MANIFEST_FILE, `${CATALOG_FILE}-journal`, STAGING_DIR, LOCK_FILE]) {
      await removeIfThere(join(from, name));
    }
    for await (const { name } of Deno.readDir(from)) {
      if (name.startsWith(unfinishedPrefix)) await removeIfThere(join(from, name));
    }
    await removeIfEmpty(join(from, TRASH_DIR));
  }
  catalog.setFact(MOVED_FROM, "");
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!gone) throw error;
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await Deno.remove(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}
