/**
 * How the engine process is started: with Deno's own executable, or, inside a
 * single binary, with that binary and a hidden command.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { HoldfastError } from "../errors.ts";
import { ENGINE_COMMAND } from "./protocol.ts";

/** What one job may touch. Everything not named is denied. */
export interface Grant {
  /** Paths that it may read. */
  readonly read: readonly string[];
  /** Paths that it may write. */
  readonly write: readonly string[];
  /** Programs that it may start. */
  readonly run?: readonly string[] | undefined;
  /** Environment variables that it may read. */
  readonly env?: readonly string[] | undefined;
  /** Everything: VACUUM INTO is off with anything less (SQLite's ATTACH is behind it). */
  readonly all?: boolean | undefined;
}

let binaryServesEngine = false;

/**
 * Tells that this compiled binary answers the hidden engine command, so that
 * starting it again cannot start the application a second time.
 */
export function binaryAnswersEngine(): void {
  binaryServesEngine = true;
}

/** The executable and arguments of an engine with this grant. */
export function engineCommand(grant: Grant): { readonly program: string; readonly args: string[] } {
  const program = Deno.execPath();
  if (Deno.build.standalone) {
    if (!binaryServesEngine) {
      throw new HoldfastError("INTERNAL", "Cannot start the engine from this compiled program", {
        hint: "Call `await serveEngine()` as the first thing that the program does.",
      });
    }
    return { program, args: [ENGINE_COMMAND] };
  }
  // JavaScript where the package was bundled.
  const file = import.meta.url.endsWith(".js") ? "./main.js" : "./main.ts";
  const entry = new URL(file, import.meta.url);
  const args = [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    ...flags(grant, entry),
  ];
  return { program, args: [...args, entry.href] };
}

/** The permission flags of a grant. */
function flags(grant: Grant, entry: URL): string[] {
  if (grant.all === true) return ["--allow-all"];
  const own = entry.protocol === "file:" ? [fileURLToPath(new URL("..", entry))] : [];
  return [
    ...flag("--allow-read", [...grant.read, ...own]),
    ...flag("--allow-write", grant.write),
    ...flag("--allow-run", grant.run ?? []),
    ...flag("--allow-env", grant.env ?? []),
  ];
}

/** One flag. Deno splits the list at commas and knows no escape: a path with one opens the flag. */
function flag(name: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  return [paths.some((path) => path.includes(",")) ? name : `${name}=${paths.join(",")}`];
}
