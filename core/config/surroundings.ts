/**
 * What the configuration needs to know of the process: passed in, never asked for.
 *
 * @module
 */

import { isAbsolute, join, resolve } from "node:path";

/** Where a program runs, and for whom. */
export interface Surroundings {
  /** The current folder, absolute. */
  readonly cwd: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operating system. */
  readonly os: "linux" | "darwin" | "windows";
  /** The user's number, where the system has one: a file found on the way up must belong to them. */
  readonly uid?: number | undefined;
}

/** The user's home folder, or `undefined` where the environment does not tell. */
export function homeFolder(around: Surroundings): string | undefined {
  return around.env[around.os === "windows" ? "USERPROFILE" : "HOME"] || undefined;
}

/** A path made absolute: `~/` is the home folder, a relative one is relative to `base`. */
export function absolutePath(path: string, base: string, around: Surroundings): string {
  const home = homeFolder(around);
  if (home !== undefined && (path === "~" || /^~[/\\]/.test(path))) {
    return join(home, path.slice(1));
  }
  return isAbsolute(path) ? path : resolve(base, path);
}
