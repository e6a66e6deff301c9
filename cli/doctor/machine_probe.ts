/**
 * Asks this machine.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import type { Surroundings } from "../../core/config/surroundings.ts";
import type { FoundProgram, Held, Probe } from "./finding.ts";

/** A program that does not answer within this time is there, and says nothing. */
const ANSWER_MS = 5000;

/** How a program is asked for its version, where it is not by `--version`. */
const versionArguments: Readonly<Record<string, readonly string[]>> = {
  // Without a file: it would make the folder of its configuration.
  rclone: ["version", "--config", ""],
};

/** The probe of this process. */
export function machineProbe(around: Surroundings, signal: AbortSignal): Probe {
  return {
    os: around.os,
    versions: { deno: Deno.version.deno, sqlite: sqliteVersion() },
    standalone: Deno.build.standalone,
    copier: around.os === "windows" ? undefined : { path: "/bin/cp", isThere: isFile("/bin/cp") },
    permission,
    program: (name) => findProgram(name, { around, signal }),
    unwritable,
  };
}

function sqliteVersion(): string {
  using memory = new DatabaseSync(":memory:");
  return String(memory.prepare("SELECT sqlite_version() AS version").get()?.version);
}

async function permission(name: string, kind?: string): Promise<Held> {
  const status = await Deno.permissions.query(descriptor(name, kind));
  if (status.state === "granted") return status.partial ? "partial" : "granted";
  return status.partial ? "partial" : "denied";
}

const kinds = ["hostname", "uid", "gid", "username", "statfs"] as const;
const names = ["read", "write", "run", "env", "net"] as const;

function descriptor(name: string, kind: string | undefined): Deno.PermissionDescriptor {
  const known = names.find((each) => each === name);
  if (known !== undefined) return { name: known };
  const fact = kinds.find((each) => each === kind);
  if (name === "sys" && fact !== undefined) return { name, kind: fact };
  throw new TypeError(`Cannot ask for the permission "${name}" ${kind ?? ""}`);
}

async function findProgram(
  name: string,
  { around: { env, os }, signal }: { readonly around: Surroundings; readonly signal: AbortSignal },
): Promise<FoundProgram | undefined> {
  const endings = os === "windows" ? [".exe", ".cmd", ""] : [""];
  const folders = (env.PATH ?? env.Path ?? "").split(os === "windows" ? ";" : ":");
  const path = folders.filter((folder) => folder !== "")
    .flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)))
    .find(isFile);
  if (path === undefined) return undefined;
  const version = await askVersion(path, { words: versionArguments[name], signal });
  return { path, ...version !== undefined && { version } };
}

async function askVersion(
  path: string,
  { words = ["--version"], signal }: {
    readonly words?: readonly string[] | undefined;
    readonly signal: AbortSignal;
  },
): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(path, {
      args: [...words],
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    }).output();
    const [line = ""] = new TextDecoder().decode(stdout).trim().split("\n");
    return success ? /v?\d+\.\d[\w.+-]*/.exec(line)?.[0] : undefined;
  } catch (error) {
    // It is there; that it may not or cannot be started shows where it is used.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Tries it with a file, in the folder or in the nearest one above it that is there. */
async function unwritable(folder: string): Promise<string | undefined> {
  try {
    const file = await Deno.makeTempFile({ dir: folder, prefix: ".holdfast-doctor-" });
    await Deno.remove(file);
    return undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && dirname(folder) !== folder) {
      return await unwritable(dirname(folder));
    }
    if (error instanceof Deno.errors.NotCapable) return "Deno does not allow it";
    if (error instanceof Error) return `${error.name} in ${folder}`;
    throw error;
  }
}
