/**
 * The lock that keeps a second watcher out of a backup directory; backups have their own.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { isThere } from "../../core/database_file.ts";
import type { Place } from "../../core/directory/place.ts";
import { HoldfastError } from "../../core/errors.ts";
import { refuseWrongDisk } from "../../core/directory/known_disk.ts";
import { makePrivateDir } from "../../core/files/atomic_file.ts";
import { lockDirectory } from "../../core/files/directory_lock.ts";
import { asHoldfastError } from "../../core/report.ts";
import { knownDisk } from "../known_disk.ts";
import { pause } from "../pause.ts";
import type { Run } from "../session.ts";
import type { WatchLog } from "../watch_log.ts";

const WATCH_LOCK = ".lock-watch";
/** Milliseconds between two tries. */
const LOOK_MS = 5_000;

/** What is locked. */
export interface Lockable {
  readonly database: ConfiguredDatabase;
  readonly place: Place;
}

/** Takes it now. @throws {HoldfastError} `LOCKED` where another process watches. */
export async function lockWatch(run: Run, { database, place }: Lockable): Promise<Disposable> {
  // Nothing is made in the mount point of a disk that is away.
  await refuseWrongDisk(knownDisk(run, database));
  if (await isThere(place.database)) await makePrivateDir(place.directory);
  else if (!await isThere(place.directory)) {
    throw new HoldfastError(
      "DATABASE_MISSING",
      `Neither the database "${place.database}" nor its backups are there`,
      { hint: "Is the path right, is its disk there? It is looked for again and again." },
    );
  }
  return await lockDirectory(place.directory, {
    job: "watch",
    clock: run.clock,
    file: WATCH_LOCK,
    waitMs: 2_000,
  });
}

/** Takes it if it can be; what is away is waited for later. @throws {HoldfastError} `LOCKED`. */
export async function tryLockWatch(run: Run, what: Lockable): Promise<Disposable | undefined> {
  try {
    return await lockWatch(run, what);
  } catch (cause) {
    const error = asHoldfastError(cause, "DATABASE_MISSING");
    if (error.code === "LOCKED") throw error;
    return undefined;
  }
}

/** Waits for it, as long as it takes; `undefined` once it is stopped. */
export async function waitForWatchLock(
  run: Run,
  what: Lockable,
  { stop, log, name }: {
    readonly stop: AbortSignal;
    readonly log: WatchLog;
    readonly name: string;
  },
): Promise<Disposable | undefined> {
  let told = "";
  while (!stop.aborted) {
    try {
      return await lockWatch(run, what);
    } catch (cause) {
      const { code, message, hint } = asHoldfastError(cause, "DATABASE_MISSING");
      if (told !== code) {
        log({ level: "error", database: name, message: `Waiting for it: ${message}`, code, hint });
      }
      told = code;
    }
    await pause(LOOK_MS, stop);
  }
  return undefined;
}
