/**
 * The lock of a backup directory: one writer at a time, told apart by name, and
 * given up by the system when its process ends, however it ends.
 *
 * @module
 */

import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import { isMissing } from "./file_error.ts";

/** The file's name in the backup directory. */
export const LOCK_FILE = ".lock";

/** How often a taken lock is tried again. */
const TRY_EVERY_MS = 100;

/** What {@linkcode lockDirectory} is given. */
export interface LockOptions {
  /** What the holder is about to do, for the others to read. */
  readonly job: string;
  readonly clock: Clock;
  /** The lock's file, where it is not that of the whole directory: `.lock-usb`. */
  readonly file?: string | undefined;
  /** Milliseconds to wait; 30,000 by default. */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once when it has to wait, with a sentence. */
  readonly onWait?: ((message: string) => void) | undefined;
}

/** A lock that is held. */
export interface DirectoryLock extends Disposable {
  /** Whether its file is still the one that others try: the last holder may have removed it. */
  isInPlace(): boolean;
}

/**
 * Locks a backup directory until the result is disposed of or the process ends.
 * Needs `--allow-read`, `--allow-write`, and `--allow-sys=hostname` for its name.
 *
 * @throws {HoldfastError} `LOCKED` with who holds it since when; `CANCELLED`.
 */
export async function lockDirectory(
  directory: string,
  options: LockOptions,
): Promise<DirectoryLock> {
  const { waitMs = 30_000, clock, signal } = options;
  const path = join(directory, options.file ?? LOCK_FILE);
  const file = await Deno.open(path, {
    read: true,
    write: true,
    create: true,
    mode: 0o600,
  });
  try {
    const began = clock.elapsed();
    for (let tries = 0; !await file.tryLock(true); tries++) {
      if (tries === 0) options.onWait?.(`Waiting: ${await holder(path)}`);
      if (signal?.aborted) throw new HoldfastError("CANCELLED", "Stopped while it waited");
      if (clock.elapsed() - began >= waitMs) throw locked(directory, await holder(path));
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
    }
    await describe(file, options);
    return {
      isInPlace: () => isAt(path, file),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function isAt(path: string, file: Deno.FsFile): boolean {
  try {
    const [there, ours] = [Deno.statSync(path), file.statSync()];
    return there.ino === ours.ino && there.dev === ours.dev;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Writes who holds it, for messages only: the lock itself is the system's. */
async function describe(file: Deno.FsFile, { job, clock }: LockOptions): Promise<void> {
  const since = clock.now().toString({ smallestUnit: "second" });
  const text = JSON.stringify({ pid: Deno.pid, host: hostName(), job, since });
  await file.truncate(0);
  await file.seek(0, Deno.SeekMode.Start);
  await file.write(new TextEncoder().encode(text));
}

/** The name of this host, as far as it may be known. */
export function hostName(): string {
  try {
    return hostname();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return "this host";
    throw error;
  }
}

async function holder(path: string): Promise<string> {
  try {
    const text = await Deno.readTextFile(path);
    const { pid, host, job, since } = JSON.parse(text) as Record<string, unknown>;
    return `process ${pid} on ${host} holds the directory for "${job}" since ${since}`;
  } catch (error) {
    // Empty or half written while its holder changes.
    if (error instanceof SyntaxError || error instanceof Deno.errors.NotFound) {
      return "another process holds the directory";
    }
    throw error;
  }
}

function locked(directory: string, who: string): HoldfastError {
  return new HoldfastError("LOCKED", `Cannot lock "${directory}": ${who}`, {
    hint: "Let it finish, then run this again.",
  });
}
