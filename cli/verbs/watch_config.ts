/**
 * Reads the configuration of a watcher, and reads it again when its file changed.
 *
 * @module
 */

import type { LoadedConfig } from "../../core/config/load_config.ts";
import { loadConfig } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { pause } from "../pause.ts";
import type { Run } from "../session.ts";
import type { WatchLog } from "../watch_log.ts";
import type { WatchedPlace } from "./watch_work.ts";

/** Milliseconds between two looks at the file. */
const LOOK_MS = 5_000;

/** What a configuration says is to be watched; throws for what makes no sense. */
export type ReadConfig = (
  config: () => Promise<LoadedConfig>,
) => Promise<readonly WatchedPlace[]>;

/** A configuration that makes sense. */
export interface WatchConfig {
  readonly config: LoadedConfig;
  /** What tells it from the one before. */
  readonly stamp: string;
  readonly watched: readonly WatchedPlace[];
}

/** The configuration at the start. */
export async function firstConfig(run: Run, read: ReadConfig): Promise<WatchConfig> {
  const config = await run.config();
  // The stamp comes first: what changes while it is read is read again.
  const stamp = await stampOf(config);
  return { config, stamp, watched: await read(run.config) };
}

/** Resolves with a changed configuration that is right; `undefined` once it is stopped. */
export async function waitForConfig(
  { signal }: Run,
  { now, read, log }: {
    readonly now: WatchConfig;
    readonly read: ReadConfig;
    readonly log: WatchLog;
  },
): Promise<WatchConfig | undefined> {
  let last = now.stamp;
  while (!signal.aborted) {
    await pause(LOOK_MS, signal);
    const stamp = await stampOf(now.config);
    if (stamp === last || stamp === "") continue;
    last = stamp;
    try {
      const config = await loadConfig(now.config.around, now.config.found?.path);
      return { config, stamp, watched: await read(() => Promise.resolve(config)) };
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      const { message, code, hint } = error;
      log({ level: "error", message: `The old configuration stays: ${message}`, code, hint });
    }
  }
  return undefined;
}

/** A text that changes with the file; empty where there is none. */
async function stampOf({ found }: LoadedConfig): Promise<string> {
  if (found === undefined) return "";
  try {
    const { size, mtime, ino } = await Deno.stat(found.path);
    return `${size} ${mtime?.getTime()} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
