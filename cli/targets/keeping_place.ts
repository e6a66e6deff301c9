/**
 * Where this user's secrets and the small stores of targets lie.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { LoadedConfig } from "../../core/config/load_config.ts";
import { homeFolder, type Surroundings } from "../../core/config/surroundings.ts";
import { HoldfastError } from "../../core/errors.ts";

/** The files of one configuration. */
export interface KeepingPlace {
  /** The file of secrets, mode 0600. */
  readonly secrets: string;
  /** The file of a target's own store. */
  state(target: string): string;
  /** The file of what a catalog that is out of reach cannot keep. */
  readonly aside: string;
}

/**
 * The folder for the state of programs: `$XDG_STATE_HOME` or `~/.local/state` (XDG Base
 * Directory 0.8), `~/Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows.
 * Each configuration file has its own folder in it, so that equal names do not meet.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where the environment tells of no home.
 */
export function keepingPlace(
  { around, found }: Pick<LoadedConfig, "around" | "found">,
): KeepingPlace {
  const base = stateFolder(around);
  if (base === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot find the home folder for secrets", {
      hint: "Set HOME, or XDG_STATE_HOME to an absolute path.",
    });
  }
  const scope = createHash("sha256").update(found?.path ?? "").digest("hex").slice(0, 12);
  const folder = join(base, "holdfast", scope);
  const plain = (target: string): string => {
    const name = target.replace(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60);
    if (name === target) return name;
    return `${name}-${createHash("sha256").update(target).digest("hex").slice(0, 8)}`;
  };
  return {
    secrets: join(folder, "secrets.json"),
    state: (target) => join(folder, "targets", `${plain(target)}.json`),
    aside: join(folder, "aside.json"),
  };
}

/** The folder that programs keep their state in; `undefined` where there is no home. */
export function stateFolder(around: Surroundings): string | undefined {
  const { env, os } = around;
  if (os === "windows") return env.LOCALAPPDATA || undefined;
  const xdg = env.XDG_STATE_HOME;
  if (xdg?.startsWith("/")) return xdg;
  const home = homeFolder(around);
  if (home === undefined) return undefined;
  return os === "darwin"
    ? join(home, "Library", "Application Support")
    : join(home, ".local", "state");
}
