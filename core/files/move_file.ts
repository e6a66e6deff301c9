/**
 * Moves a file, also to another filesystem.
 *
 * @module
 */

import { dirname } from "node:path";
import { syncDir } from "./atomic_file.ts";
import { syncFile } from "./sync_file.ts";

/** Moves it, durably. An existing file under the new name is replaced. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    await Deno.copyFile(from, `${to}.moving`);
    await syncFile(`${to}.moving`);
    await Deno.rename(`${to}.moving`, to);
    await Deno.remove(from);
  }
  await syncDir(dirname(to));
}
