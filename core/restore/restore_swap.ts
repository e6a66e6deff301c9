/**
 * The other way to restore: files take the place of files. Only where the live
 * database is missing or no database any more: whoever has the old files open would
 * go on writing into them.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import { SIDECARS } from "../database_file.ts";
import { makePrivateDir, syncDir } from "../files/atomic_file.ts";
import { isDirectory, isFile } from "../files/is_file.ts";
import { moveFile } from "../files/move_file.ts";
import type { BringIntent, SwapIntent } from "./intent.ts";

/**
 * Carries a swap out, or on from where a killed run left it: the old files go
 * together into their folder, the new ones get their names.
 */
export async function performSwap(intent: SwapIntent, catalog: Catalog): Promise<void> {
  const { database, keep, kept, incoming } = intent;
  if (await isFile(incoming.at(-1)?.from)) {
    if (keep !== null) {
      await makePrivateDir(keep);
      for (const path of filesOf(database)) {
        // One that has its name already is new: moved away, it would replace the old one.
        if (await isPlaced(path, intent)) continue;
        await keepFile(path, keep);
      }
    }
    for (const { from, to } of incoming) {
      if (await isFile(from)) await Deno.rename(from, to);
    }
    await syncDir(dirname(database));
  }
  if (kept !== null && catalog.record(kept.id) === undefined && await isDirectory(keep)) {
    catalog.add(kept);
  }
}

/**
 * Takes back what a swap that failed had done: the old files get their names again, the new
 * ones go. `false` where the new database has its name already: it is to be completed then.
 */
export async function undoSwap({ database, incoming, keep }: SwapIntent): Promise<boolean> {
  const last = incoming.at(-1);
  if (last !== undefined && !await isFile(last.from)) return false;
  for (const { from, to } of incoming) {
    // One that has its name already lies in the way of the old one.
    if (!await isFile(from)) await removeFile(to);
  }
  for (const path of keep === null ? [] : filesOf(database)) {
    const kept = join(keep ?? "", basename(path));
    if (await isFile(kept) && !await isFile(path)) await moveFile(kept, path);
  }
  await removeUnfinished({ unfinished: incoming.map(({ from }) => from) });
  if (keep !== null && await isDirectory(keep)) await Deno.remove(keep);
  await syncDir(dirname(database));
  return true;
}

/** Removes files that have no name of their own yet; tells how many there were. */
export async function removeUnfinished(
  { unfinished }: Pick<BringIntent, "unfinished">,
): Promise<number> {
  let removed = 0;
  for (const path of unfinished) if (await removeFile(path)) removed++;
  return removed;
}

async function removeFile(path: string): Promise<boolean> {
  if (!await isFile(path)) return false;
  await Deno.remove(path);
  return true;
}

/** The names of a live database's files. */
export function filesOf(database: string): string[] {
  return [database, ...SIDECARS.map((suffix) => `${database}${suffix}`)];
}

async function isPlaced(path: string, { incoming }: SwapIntent): Promise<boolean> {
  const own = incoming.find(({ to }) => to === path);
  return own !== undefined && !await isFile(own.from);
}

async function keepFile(path: string, folder: string): Promise<void> {
  if (await isFile(path)) await moveFile(path, join(folder, basename(path)));
}
