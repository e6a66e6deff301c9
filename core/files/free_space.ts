/**
 * How much room a filesystem has.
 *
 * @module
 */

import { statfs } from "node:fs/promises";

/** Room in bytes. */
export interface FreeSpace {
  /** What this user may still write. */
  readonly free: number;
  /** All there is. */
  readonly total: number;
}

/** The room where `path`, which must exist, lies; `undefined` where the system does not tell. Needs `--allow-read` and `--allow-sys`. */
export async function freeSpace(path: string): Promise<FreeSpace | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return { free: Number(bavail) * Number(bsize), total: Number(blocks) * Number(bsize) };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOSYS" || code === "ENOTSUP") return undefined;
    throw error;
  }
}
