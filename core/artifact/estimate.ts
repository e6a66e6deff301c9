/**
 * How large a backup will be, and whether there is room for it.
 *
 * @module
 */

import { type Clock, systemClock } from "../clock.ts";
import { findDatabase } from "../database_file.ts";
import { copyProgram } from "../engine/copy_program.ts";
import type { SnapshotEngine } from "./backup_record.ts";
import { HoldfastError } from "../errors.ts";
import { type FreeSpace, freeSpace } from "../files/free_space.ts";
import { dirname } from "node:path";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";
import type { Report } from "../report.ts";

/** Limits of the size, in megabytes (10^6 bytes). */
export interface SizeLimits {
  readonly warnSizeMB?: number | undefined;
  readonly maxSizeMB?: number | undefined;
}

/** What a backup would be. */
export interface Estimate {
  /** Absolute path of the live database. */
  readonly database: string;
  /** The backup directory. */
  readonly directory: string;
  /** Bytes at most. */
  readonly size: number;
  /** Bytes that may be written there; absent where the system does not tell. */
  readonly free?: number | undefined;
  /** How the pages would be copied. */
  readonly engine: SnapshotEngine;
  /** When it was estimated. */
  readonly at: string;
}

/**
 * Says what a backup would be, without taking one. Needs `--allow-read`.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `NOT_A_DATABASE`, `PERMISSION_DENIED`, `USAGE`.
 */
export async function estimate(
  options: PlaceOptions & {
    readonly database: string;
    readonly engine?: SnapshotEngine | "auto" | undefined;
    readonly clock?: Clock | undefined;
  },
): Promise<Estimate> {
  const { clock = systemClock, engine = "auto" } = options;
  const { path } = await findDatabase(options.database);
  const { directory } = await resolvePlace({ ...options, database: path });
  const room = await roomFor(directory);
  const auto = copyProgram() === undefined ? "online" : "clone";
  return {
    database: path,
    directory,
    size: await estimateSize(path),
    free: room?.free,
    engine: engine === "auto" ? auto : engine,
    at: clock.now().toString({ fractionalSecondDigits: 3 }),
  };
}

/** Bytes of a snapshot at most: the file and what waits in its `-wal`. */
export async function estimateSize(path: string): Promise<number> {
  return await sizeOf(path) + await sizeOf(`${path}-wal`);
}

/** @throws {HoldfastError} `TOO_LARGE` above `maxSizeMB`; warns above `warnSizeMB`. */
export function refuseTooLarge(size: number, limits: SizeLimits, report: Report): void {
  const { warnSizeMB = 500, maxSizeMB } = limits;
  if (maxSizeMB !== undefined && size > maxSizeMB * 1e6) {
    throw new HoldfastError(
      "TOO_LARGE",
      `Cannot back up ${megabytes(size)} MB: maxSizeMB allows ${maxSizeMB}`,
      { hint: "Raise maxSizeMB, or find out what made the database grow." },
    );
  }
  if (size <= warnSizeMB * 1e6) return;
  report.warn({
    code: "LARGE",
    message: `The database has ${megabytes(size)} MB, more than warnSizeMB ${warnSizeMB}`,
    hint: "Every backup takes that room. Raise warnSizeMB if that is as it should be.",
  });
}

/** @throws {HoldfastError} `NO_SPACE` where `size` bytes do not fit beside `path`. */
export async function refuseWithoutRoom(path: string, size: number): Promise<void> {
  const room = await roomFor(path);
  if (room === undefined || room.free >= size) return;
  throw new HoldfastError(
    "NO_SPACE",
    `Cannot write ${megabytes(size)} MB to "${path}": ${megabytes(room.free)} MB are free`,
    { hint: "Free some room, or choose another --directory. Nothing was changed." },
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** The room where a path lies or will lie. */
async function roomFor(path: string): Promise<FreeSpace | undefined> {
  for (let at = path;; at = dirname(at)) {
    try {
      return await freeSpace(at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "ENOENT" || at === dirname(at)) throw error;
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
