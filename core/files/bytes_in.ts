/**
 * How much lies in a folder.
 *
 * @module
 */

import { join } from "node:path";

/** Bytes of the files right in a folder; `undefined` where there is no such folder. */
export async function bytesIn(folder: string): Promise<number | undefined> {
  let sum = 0;
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile) sum += (await Deno.stat(join(folder, name))).size;
    }
    return sum;
  } catch (error) {
    const isGone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isGone) return undefined;
    throw error;
  }
}
