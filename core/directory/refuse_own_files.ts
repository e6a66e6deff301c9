/**
 * What is written elsewhere must not take the place of the database, or of its backups.
 *
 * @module
 */

import { sep } from "node:path";
import { SIDECARS } from "../database_file.ts";
import { HoldfastError } from "../errors.ts";
import { isMissing } from "../files/file_error.ts";
import type { Place } from "./place.ts";

/**
 * Refuses a path that is the live database or its `-wal`, by whatever name, or something in its
 * backup directory: replaced there, it would be in no safety backup. What is not there yet may
 * come.
 *
 * @param path An absolute path.
 * @param doing What is wanted: `restore to`.
 * @throws {HoldfastError} `USAGE`.
 */
export async function refuseOwnFiles(
  path: string,
  doing: string,
  { database, directory }: Place,
): Promise<void> {
  const there = await lookAt(path);
  if (there === undefined) return;
  const names = ["", ...SIDECARS].map((suffix) => database + suffix);
  const live = await Promise.all(names.map(lookAt));
  if (live.some((file) => file?.ino === there.ino && file.dev === there.dev)) {
    throw new HoldfastError("USAGE", `Cannot ${doing} "${path}": it is the database itself`, {
      hint: "A program that has it open would lose what it writes. Onto the database, with a " +
        "safety backup: holdfast restore, without --to.",
    });
  }
  if (!(await Deno.realPath(path)).startsWith(`${directory}${sep}`)) return;
  throw new HoldfastError("USAGE", `Cannot ${doing} "${path}": it lies among the backups`, {
    hint: "Choose a place outside of the backup directory.",
  });
}

/** Links are followed. */
async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
