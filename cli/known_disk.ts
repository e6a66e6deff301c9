/**
 * Which disk backups lie on, kept beside the secrets of this user.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../core/config/load_config.ts";
import type { KnownDiskOptions } from "../core/directory/known_disk.ts";
import { keepAside, readAside } from "./kept_aside.ts";
import type { Run } from "./session.ts";

/** What the guard against an empty mount point is given. */
export function knownDisk(
  run: Run,
  { path, settings }: ConfiguredDatabase,
): KnownDiskOptions {
  const state = {
    get: (key: string) => readAside(run, key),
    set: (key: string, value: string) => keepAside(run, key, value),
  };
  return { database: path, directory: settings.directory, state };
}
