/**
 * Where private folders are made: in the backup directory, or, so that a look at a file makes
 * none where there is none, in a temporary folder.
 *
 * @module
 */

import { isDirectory } from "./is_file.ts";

/** A folder that may hold `.staging/`. */
export interface StagingRoom extends AsyncDisposable {
  readonly path: string;
}

/** The backup directory, or a folder of its own where there is none. */
export async function stagingRoom(directory: string | undefined): Promise<StagingRoom> {
  if (directory !== undefined && await isDirectory(directory)) {
    return { path: directory, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const path = await Deno.makeTempDir({ prefix: "holdfast-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
