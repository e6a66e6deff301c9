/**
 * The lock of the backup directory of a database, where that directory is when the lock is had.
 *
 * @module
 */

import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir } from "../files/atomic_file.ts";
import { lockDirectory } from "../files/directory_lock.ts";
import { exists } from "../files/is_file.ts";
import type { Report } from "../report.ts";
import { followMoves } from "./moved_pointer.ts";
import type { Place } from "./place.ts";

/** What {@linkcode lockPlace} is given. */
export interface LockPlaceOptions {
  readonly report: Report;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly waitMs?: number | undefined;
}

/** A locked backup directory. */
export interface LockedPlace extends Disposable {
  /** Where it is: another run may have moved it meanwhile. */
  readonly place: Place;
  /** The outermost folder that was made for it; `undefined` where it was there. */
  readonly made: string | undefined;
  /** Whether it is still the directory at its path: nobody moved, replaced or removed it. */
  isInPlace(): boolean;
}

/**
 * Locks it, and makes it where it is missing. Whoever had the lock before may have moved or
 * removed the directory: then the lock is of no use, and the right one is taken.
 *
 * @throws {HoldfastError} `LOCKED`, `CANCELLED`, `PERMISSION_DENIED`, `BACKUP_LIST_FAILED`.
 */
export async function lockPlace(
  { database, directory: given }: Place,
  { report, clock, signal, waitMs }: LockPlaceOptions,
): Promise<LockedPlace> {
  let directory = given;
  while (true) {
    const made = await outermostMissing(directory);
    await make(directory);
    const lock = await lockDirectory(directory, {
      job: report.job,
      clock,
      signal,
      waitMs,
      onWait: (item) => report.progress({ phase: "wait", done: 0, unit: "steps", item }),
    });
    const now = await followMoves(directory);
    if (now === directory && lock.isInPlace()) {
      const place = { database, directory };
      return { ...lock, place, made };
    }
    lock[Symbol.dispose]();
    directory = now;
  }
}

async function make(directory: string): Promise<void> {
  try {
    await makePrivateDir(directory);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== "PERMISSION_DENIED") throw error;
    throw new HoldfastError(error.code, error.message, {
      hint: "Run it as a user who may write there, or keep the backups elsewhere: " +
        "--directory <folder>",
      cause: error.cause,
    });
  }
}

async function outermostMissing(directory: string): Promise<string | undefined> {
  let missing: string | undefined;
  for (let at = directory; !await exists(at) && at !== dirname(at); at = dirname(at)) missing = at;
  return missing;
}
