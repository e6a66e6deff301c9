/**
 * A file that no codec makes smaller.
 *
 * @module
 */

/** Writes a file of bytes that do not compress. */
export async function writeRandom(path: string, size: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  const block = new Uint8Array(50_000);
  for (let at = 0; at < size; at += block.length) {
    await file.write(crypto.getRandomValues(block));
  }
}
