/**
 * The live database as a file, without opening it.
 *
 * @module
 */

import { resolve } from "node:path";
import { HoldfastError } from "./errors.ts";
import { copyProgram } from "./engine/copy_program.ts";
import type { Grant } from "./engine/launch.ts";

/** A live database that is there. */
export interface DatabaseFile {
  /** Absolute path, links resolved: the `-wal` lies beside the real file. */
  readonly path: string;
  /** Bytes of the file itself. */
  readonly size: number;
  /** Names that lead to the same file; SQLite's `-wal` belongs to one of them only. */
  readonly names: number;
  /** Permission bits, where the system has them. */
  readonly mode: number | null;
}

/**
 * Finds a live database. The path is a file name, never a URI. Nothing is opened:
 * closing the file here would drop the locks of an application in this process.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `NOT_A_DATABASE` (a folder, a pipe, an
 * empty file, …), `PERMISSION_DENIED`.
 */
export async function findDatabase(path: string): Promise<DatabaseFile> {
  const info = await look(path);
  if (info === undefined) {
    throw new HoldfastError("DATABASE_MISSING", `Cannot find the database "${path}"`, {
      hint: "Is the path right? Nothing was created.",
    });
  }
  const refuse = (what: string): HoldfastError =>
    new HoldfastError("NOT_A_DATABASE", `Cannot use "${path}" as a database: it is ${what}`, {
      hint: "Name the SQLite file itself.",
    });
  if (info.stat.isDirectory) throw refuse("a folder");
  if (!info.stat.isFile) throw refuse("no regular file");
  if (info.stat.size === 0) throw refuse("empty");
  const { size, nlink, mode } = info.stat;
  return { path: info.path, size, names: nlink ?? 1, mode };
}

/**
 * Refuses to write to a file with several names (hard links): SQLite's `-wal` belongs to one
 * of them, and whoever writes by another overlooks committed rows.
 *
 * @param doing What is wanted: `restore onto`.
 * @throws {HoldfastError} `RESTORE_FAILED`.
 * @see https://www.sqlite.org/howtocorrupt.html#_multiple_links_to_the_same_file
 */
export function refuseHardLinks({ path, names }: DatabaseFile, doing: string, hint: string): void {
  if (names === 1) return;
  throw new HoldfastError("RESTORE_FAILED", `Cannot ${doing} "${path}": it has ${names} names`, {
    hint: `Hard links: ${hint}`,
  });
}

/** Whether anything is at the path, links followed. */
export async function isThere(path: string): Promise<boolean> {
  return await look(path) !== undefined;
}

async function look(
  path: string,
): Promise<{ readonly path: string; readonly stat: Deno.FileInfo } | undefined> {
  try {
    const real = await Deno.realPath(resolve(path));
    return { path: real, stat: await Deno.stat(real) };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    if (cause instanceof Deno.errors.PermissionDenied || cause instanceof Deno.errors.NotCapable) {
      throw new HoldfastError("PERMISSION_DENIED", `Cannot look at "${path}"`, {
        hint: "Run it as a user who may read it, and with --allow-read.",
        cause,
      });
    }
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENAMETOOLONG" || code === "ELOOP" || cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** The files beside a database that belong to it. */
export const SIDECARS: readonly string[] = ["-wal", "-shm", "-journal"];

/** The grant of an engine that opens a live database and writes into a staging folder. */
export function liveGrant(database: string, staging?: string): Grant {
  const live = [database, ...SIDECARS.map((suffix) => `${database}${suffix}`)];
  const all = staging === undefined ? live : [...live, staging];
  const copier = copyProgram();
  const programs = copier === undefined ? [] : [copier.program];
  return { read: [...all, ...programs], write: all, run: programs };
}
