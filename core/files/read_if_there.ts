/**
 * The text of a file that may be missing.
 *
 * @module
 */

import { isMissing } from "./file_error.ts";

/** The text; `undefined` where no file is. Needs `--allow-read`. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
