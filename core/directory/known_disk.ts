/**
 * Backups on a disk of their own: while it is away, the empty mount point is no place for
 * them. It would fill the wrong disk, and hide what it got once the right one is back.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { isThere } from "../database_file.ts";
import { HoldfastError } from "../errors.ts";
import type { StateStore } from "../extend/plugin.ts";
import { isMissing } from "../files/file_error.ts";
import { type PlaceOptions, resolvePlace } from "./place.ts";

/** Whose disk it is, and what keeps it: a memory outside of the backup directory. */
export interface KnownDiskOptions extends PlaceOptions {
  /** Path of the live database. */
  readonly database: string;
  /** Keeps the number of the disk. */
  readonly memory: Pick<StateStore, "get" | "set">;
}

/**
 * Refuses a directory without backups on another disk than the one where they were;
 * `adopt` says that it is meant.
 *
 * @throws {HoldfastError} `BACKUP_FAILED`.
 */
export async function refuseWrongDisk(options: KnownDiskOptions): Promise<void> {
  const directory = await directoryOf(options);
  if (options.adopt === true || await holdsBackups(directory)) return;
  const known = await options.memory.get(keyOf(directory));
  if (known === undefined || known === String(await diskOf(directory))) return;
  throw new HoldfastError("BACKUP_FAILED", `Cannot back up into "${directory}": its disk is away`, {
    hint: "Mount it. If backups are to lie there from now on: holdfast backup --adopt",
  });
}

/** Remembers the disk of backups that do not lie on the disk of their database. */
export async function rememberDisk(options: KnownDiskOptions): Promise<void> {
  const directory = await directoryOf(options);
  if (!await holdsBackups(directory)) return;
  const disk = await diskOf(directory);
  if (disk === undefined || disk === await diskOf(options.database)) return;
  await options.memory.set(keyOf(directory), String(disk));
}

function keyOf(directory: string): string {
  return `disk ${directory}`;
}

async function directoryOf({ database, directory }: KnownDiskOptions): Promise<string> {
  return (await resolvePlace({ database, directory, adopt: true })).directory;
}

async function holdsBackups(directory: string): Promise<boolean> {
  return await isThere(join(directory, "catalog.db")) ||
    await isThere(join(directory, "backup_manifest.json"));
}

/** The number of the disk that a path lies on, or would; `undefined` where none is told. */
async function diskOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).dev;
  } catch (error) {
    if (isMissing(error) && dirname(path) !== path) return await diskOf(dirname(path));
    if (isMissing(error) || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}
