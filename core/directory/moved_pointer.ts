/**
 * What a moved backup directory leaves behind: where the backups are now.
 *
 * @module
 */

import { join } from "node:path";
import { CATALOG_FILE } from "../catalog/catalog.ts";
import { HoldfastError } from "../errors.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { exists } from "../files/is_file.ts";

/** The file's name in the old directory. */
export const MOVED_FILE = "moved_to.json";

/** Directories may have moved so often before it must be a circle. */
const MOST = 20;

/** Leaves the pointer. It counts once the old directory has no catalog any more. */
export async function writePointer(directory: string, to: string): Promise<void> {
  await writeFileAtomic(join(directory, MOVED_FILE), `${JSON.stringify({ directory: to })}\n`);
}

/**
 * The directory where the backups are now: the given one, or where it was moved to.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED` where the new one is not there: a drive that
 * is not connected must not become a new, empty directory.
 */
export async function followMoves(directory: string): Promise<string> {
  let at = directory;
  for (let moves = 0; moves < MOST; moves++) {
    if (await exists(join(at, CATALOG_FILE))) return at;
    const next = await pointerIn(at);
    if (next === undefined) {
      if (moves === 0 || await exists(at)) return at;
      throw gone(directory, at);
    }
    at = next;
  }
  throw gone(directory, at);
}

async function pointerIn(directory: string): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await Deno.readTextFile(join(directory, MOVED_FILE)));
    const isPointer = typeof value === "object" && value !== null && "directory" in value;
    return isPointer && typeof value.directory === "string" ? value.directory : undefined;
  } catch (error) {
    const none = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory || error instanceof SyntaxError;
    if (none) return undefined;
    throw error;
  }
}

function gone(from: string, to: string): HoldfastError {
  return new HoldfastError(
    "BACKUP_LIST_FAILED",
    `Cannot find the backups of "${from}": they were moved to "${to}"`,
    { hint: `Connect the drive. If they lie elsewhere: --directory. "${MOVED_FILE}" says so.` },
  );
}
