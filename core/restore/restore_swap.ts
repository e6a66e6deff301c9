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
import type { SwapIntent } from "./intent.ts";

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
