/**
 * Removing what a kill left in a folder.
 *
 * @module
 */

import { join } from "node:path";
import { unfinishedPrefix } from "./atomic_file.ts";

/** Milliseconds that an unfinished file may lie untouched: another machine may write it slowly. */
const untouched = 24 * 60 * 60 * 1000;

/**
 * Removes the files that {@linkcode writeFileAtomic} could not finish in a folder and
 * that are a day older than a file just written there: both times are told by the
 * drive itself. Needs `--allow-read` and `--allow-write`.
 */
export async function sweepUnfinished(folder: string, justWritten: string): Promise<void> {
  const now = (await Deno.stat(justWritten)).mtime?.getTime();
  if (now === undefined) return;
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !name.startsWith(unfinishedPrefix)) continue;
    const path = join(folder, name);
    try {
      const touched = (await Deno.stat(path)).mtime?.getTime() ?? now;
      if (now - touched > untouched) await Deno.remove(path);
    } catch (error) {
      // Its writer may have finished it in between.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
