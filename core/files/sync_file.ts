/**
 * Makes a file's bytes durable.
 *
 * @module
 */

/** Syncs a file of ours. Never for a live database: closing it would drop its locks. */
export async function syncFile(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true, write: true });
  await file.sync();
}
