/**
 * Whose backup is meant, where a path to a file may be meant just as well.
 *
 * @module
 */

import { resolve } from "node:path";
import { HoldfastError } from "../core/errors.ts";
import { isFile } from "../core/files/is_file.ts";
import { choosePlace, type ChosenPlace } from "./choose_database.ts";
import type { Run } from "./session.ts";

/** The place, and the backup with its path made absolute. */
export interface PlaceForBackup {
  readonly database?: string | undefined;
  readonly directory?: string | undefined;
  readonly backup: string;
  /** The database with its settings, where a place is known. */
  readonly configured?: ChosenPlace["configured"] | undefined;
}

/** Where no place can be told and the backup is a file, the file alone is meant. */
export async function placeForBackup(
  run: Run,
  { backup, database }: { readonly backup: string; readonly database?: string | undefined },
): Promise<PlaceForBackup> {
  const path = resolve(run.session.around.cwd, backup);
  try {
    const { database: path, directory, configured } = await choosePlace(run, database);
    return { database: path, directory, configured, backup };
  } catch (error) {
    const isUnplaced = error instanceof HoldfastError && error.code === "USAGE" &&
      database === undefined && run.globals.directory === undefined;
    if (isUnplaced && await isFile(path)) return { backup: path };
    throw error;
  }
}
