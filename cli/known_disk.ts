/**
 * Backups on a disk of their own: while it is away, the empty mount point is no place for
 * them. It would fill the wrong disk, and hide what it got once the right one is back.
 *
 * @module
 */

import { dirname, join } from "node:path";
import type { ConfiguredDatabase } from "../core/config/load_config.ts";
import { isThere } from "../core/database_file.ts";
import { resolvePlace } from "../core/directory/place.ts";
import { HoldfastError } from "../core/errors.ts";
import { keepAside, readAside } from "./kept_aside.ts";
import type { Run } from "./session.ts";

/** What is asked about a backup directory. */
export interface DiskOptions {
  /** The person says that backups are to lie there from now on. */
  readonly adopt?: boolean | undefined;
}

/**
 * Refuses a directory without backups on another disk than the one where they were.
 *
 * @throws {HoldfastError} `BACKUP_FAILED`.
 */
export async function refuseWrongDisk(
  run: Run,
  database: ConfiguredDatabase,
  { adopt = false }: DiskOptions = {},
): Promise<void> {
  const directory = await directoryOf(database);
  if (adopt || await holdsBackups(directory)) return;
  const known = await readAside(run, keyOf(directory));
  if (known === undefined || known === String(await diskOf(directory))) return;
  throw new HoldfastError("BACKUP_FAILED", `Cannot back up into "${directory}": its disk is away`, {
    hint: "Mount it. If backups are to lie there from now on: holdfast backup --adopt",
  });
}

/** Remembers the disk of a directory that does not lie on the disk of its database. */
export async function rememberDisk(run: Run, database: ConfiguredDatabase): Promise<void> {
  const directory = await directoryOf(database);
  const disk = await diskOf(directory);
  if (disk === undefined || disk === await diskOf(database.path)) return;
  await keepAside(run, keyOf(directory), String(disk));
}

function keyOf(directory: string): string {
  return `disk ${directory}`;
}

async function directoryOf({ path, settings }: ConfiguredDatabase): Promise<string> {
  return (await resolvePlace({ database: path, directory: settings.directory, adopt: true }))
    .directory;
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
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isMissing && dirname(path) !== path) return await diskOf(dirname(path));
    if (isMissing || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}
