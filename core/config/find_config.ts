/**
 * Where the configuration file is.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { HoldfastError } from "../errors.ts";
import { absolutePath, homeFolder, type Surroundings } from "./surroundings.ts";

/** The name of the configuration file. */
export const configFileName = "holdfast.json";

/** A configuration file that was found. */
export interface FoundConfig {
  /** Its absolute path. */
  readonly path: string;
  /** How it was found. */
  readonly by: "flag" | "environment" | "upward" | "user";
}

/**
 * Finds the configuration file: the one named by `explicit` (`--config`), by
 * `HOLDFAST_CONFIG`, the first `holdfast.json` from the current folder upward, or
 * the one in the user's configuration folder. Needs `--allow-read`.
 *
 * @param around The process.
 * @param explicit The path that the person named.
 * @returns `undefined` where there is none and none was named.
 * @throws {HoldfastError} `CONFIG_INVALID` where a named one is missing, or one on the
 * way up belongs to another user (it could run commands as you).
 */
export async function findConfig(
  around: Surroundings,
  explicit?: string,
): Promise<FoundConfig | undefined> {
  if (explicit !== undefined) return await named(explicit, "flag", around);
  const variable = around.env.HOLDFAST_CONFIG;
  if (variable) return await named(variable, "environment", around);
  for (let dir = around.cwd;; dir = dirname(dir)) {
    const path = join(dir, configFileName);
    const info = await statFile(path);
    if (info !== undefined) {
      refuseStrangers(path, info, around);
      return { path, by: "upward" };
    }
    if (dirname(dir) === dir) break;
  }
  const user = userConfigPath(around);
  if (user !== undefined && await statFile(user) !== undefined) return { path: user, by: "user" };
  return undefined;
}

/**
 * The configuration file of the user: in `$XDG_CONFIG_HOME` or `~/.config` (XDG Base
 * Directory 0.8), `~/Library/Application Support` on macOS, `%APPDATA%` on Windows.
 */
export function userConfigPath(around: Surroundings): string | undefined {
  const folder = userConfigFolder(around);
  return folder === undefined ? undefined : join(folder, "holdfast", configFileName);
}

function userConfigFolder(around: Surroundings): string | undefined {
  if (around.os === "windows") return around.env.APPDATA || undefined;
  const xdg = around.env.XDG_CONFIG_HOME;
  if (xdg?.startsWith("/")) return xdg;
  const home = homeFolder(around);
  if (home === undefined) return undefined;
  return around.os === "darwin"
    ? join(home, "Library", "Application Support")
    : join(home, ".config");
}

async function named(
  path: string,
  by: "flag" | "environment",
  around: Surroundings,
): Promise<FoundConfig> {
  const absolute = absolutePath(path, around.cwd, around);
  const info = await statFile(absolute);
  if (info === undefined) {
    const source = by === "flag" ? "--config" : "HOLDFAST_CONFIG";
    throw new HoldfastError(
      "CONFIG_INVALID",
      `Cannot read the configuration "${absolute}" that ${source} names: there is no such file`,
      { hint: `Correct ${source}, or run: holdfast init` },
    );
  }
  return { path: absolute, by };
}

function refuseStrangers(path: string, info: Deno.FileInfo, around: Surroundings): void {
  if (around.uid === undefined || info.uid === null || info.uid === 0) return;
  if (info.uid === around.uid) return;
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot trust the configuration "${path}": it belongs to another user and could run commands`,
    { hint: "Name it with --config if you trust it." },
  );
}

async function statFile(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    const info = await Deno.stat(path);
    return info.isDirectory ? undefined : info;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    if (error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}
