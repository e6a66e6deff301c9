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
import { asHoldfastError, type Report } from "../report.ts";
import { type PlaceOptions, resolvePlace } from "./place.ts";

/** Whose disk it is, and what keeps it. */
export interface KnownDiskOptions extends PlaceOptions {
  /** Path of the live database. */
  readonly database: string;
  /** Keeps the number of the disk, outside of the backup directory; without it nobody does. */
  readonly state?: Pick<StateStore, "get" | "set"> | undefined;
}

/**
 * Refuses a directory without backups on another disk than the one where they were;
 * `adopt` says that it is meant.
 *
 * @throws {HoldfastError} `BACKUP_FAILED`.
 */
export async function refuseWrongDisk(options: KnownDiskOptions): Promise<void> {
  const { state, adopt = false } = options;
  if (state === undefined || adopt) return;
  const directory = await directoryOf(options);
  if (await holdsBackups(directory)) return;
  const known = await state.get(keyOf(directory));
  if (known === undefined || known === String(await diskOf(directory))) return;
  throw new HoldfastError("BACKUP_FAILED", `Cannot back up into "${directory}": its disk is away`, {
    hint: "Mount it. If backups are to lie there from now on: holdfast backup --adopt",
  });
}

/** Remembers the disk of backups that do not lie on the disk of their database. */
export async function rememberDisk(options: KnownDiskOptions): Promise<void> {
  const { state, database } = options;
  if (state === undefined) return;
  const directory = await directoryOf(options);
  if (!await holdsBackups(directory)) return;
  const disk = await diskOf(directory);
  if (disk === undefined || disk === await diskOf(database)) return;
  await state.set(keyOf(directory), String(disk));
}

/** The same after a backup, which stands also where that cannot be kept. */
export async function keepDisk(options: KnownDiskOptions, report: Report): Promise<void> {
  try {
    await rememberDisk(options);
  } catch (error) {
    const { message, hint } = asHoldfastError(error, "INTERNAL");
    report.warn({ code: "NOT_KEPT", message: `Cannot keep its disk in mind: ${message}`, hint });
  }
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
