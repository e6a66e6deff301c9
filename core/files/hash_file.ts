/**
 * The SHA-256 of a file of ours.
 *
 * @module
 */

import { createHash } from "node:crypto";

const CHUNK = 1 << 20;

/**
 * The SHA-256 of a file, lower-case hex. Never for a live database: closing it would drop
 * the locks of an application in this process.
 */
export async function hashFile(
  path: string,
  { signal, onProgress }: {
    readonly signal?: AbortSignal | undefined;
    /** Called with the bytes read so far. */
    readonly onProgress?: ((bytes: number) => void) | undefined;
  } = {},
): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  const chunk = new Uint8Array(CHUNK);
  let done = 0;
  for (let count = await file.read(chunk); count !== null; count = await file.read(chunk)) {
    signal?.throwIfAborted();
    hash.update(chunk.subarray(0, count));
    done += count;
    onProgress?.(done);
  }
  return hash.digest("hex");
}
