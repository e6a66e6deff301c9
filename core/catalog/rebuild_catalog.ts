/**
 * Writes `catalog.db` anew, from everything that can still be read.
 *
 * @module
 */

import { join } from "node:path";
import { readManifest } from "./adopt_manifest.ts";
import { Catalog, CATALOG_FILE } from "./catalog.ts";
import { type Manifest, recordsOf } from "./manifest.ts";
import { locate, mergeContent } from "./merge_content.ts";
import { type CatalogContent, readAnyCatalog } from "./read_any_catalog.ts";
import { TRASH_DIR } from "./record_row.ts";
import type { Clock } from "../clock.ts";
import { makePrivateDir, syncDir } from "../files/atomic_file.ts";
import { lockDirectory } from "../files/directory_lock.ts";
import { isFile } from "../files/is_file.ts";
import { Staging } from "../files/staging.ts";
import { syncFile } from "../files/sync_file.ts";

/** The old catalog's name in the trash. */
export const REPLACED_CATALOG = `replaced-${CATALOG_FILE}`;

/** What {@linkcode rebuildFile} is given. */
export interface RebuildFileOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly waitMs?: number | undefined;
  /** Also leave out records whose file is gone. */
  readonly dropMissing: boolean;
}

/**
 * Writes the catalog anew from the old one, as far as it can be read, and the manifest. The
 * old file goes to the trash folder. The new one is made apart and takes its place in one
 * rename: a kill leaves the old or the new one.
 *
 * @returns How many records it has.
 */
export async function rebuildFile(directory: string, options: RebuildFileOptions): Promise<number> {
  const { clock, signal, waitMs, dropMissing } = options;
  using _lock = await lockDirectory(directory, { job: "catalog", clock, signal, waitMs });
  await using staging = await Staging.create(directory);
  const path = join(directory, CATALOG_FILE);
  const old = await isFile(path) ? readAnyCatalog(path) : undefined;
  const count = await fill(staging.path, { directory, old, dropMissing });
  await syncFile(staging.file(CATALOG_FILE));
  if (old !== undefined) await keepOld(directory);
  await Deno.rename(staging.file(CATALOG_FILE), path);
  await syncDir(directory);
  return count;
}

async function fill(
  folder: string,
  { directory, old, dropMissing }: {
    readonly directory: string;
    readonly old: CatalogContent | undefined;
    readonly dropMissing: boolean;
  },
): Promise<number> {
  using fresh = Catalog.openToWrite(folder);
  if (old !== undefined) await mergeContent(fresh, old, directory);
  const manifest = await readManifest(directory);
  if (manifest !== undefined) {
    const source = { records: recordsOf(manifest, directory), facts: factsOf(manifest) };
    await mergeContent(fresh, source, directory);
  }
  for (const { id, name } of fresh.records({ deleted: true })) {
    const isGone = locate(directory, name) === "gone" && !fresh.hasCopies(id);
    if (dropMissing && isGone) fresh.forget(id);
  }
  return fresh.records().length;
}

/** Of a manifest's facts those that say something. */
function factsOf({ directoryId, database }: Manifest): ReadonlyMap<string, string> {
  return new Map(Object.entries({ id: directoryId, database }).filter(([, value]) => value !== ""));
}

/** A journal of the old file must not meet the new one: SQLite would play it back. */
async function keepOld(directory: string): Promise<void> {
  const trash = join(directory, TRASH_DIR);
  await makePrivateDir(trash);
  for (const suffix of ["", "-journal"]) {
    const from = join(directory, `${CATALOG_FILE}${suffix}`);
    if (!await isFile(from)) continue;
    await Deno.copyFile(from, join(trash, `${REPLACED_CATALOG}${suffix}`));
    await Deno.chmod(join(trash, `${REPLACED_CATALOG}${suffix}`), 0o600);
  }
  await syncDir(trash);
  if (await isFile(join(directory, `${CATALOG_FILE}-journal`))) {
    await Deno.remove(join(directory, `${CATALOG_FILE}-journal`));
    await syncDir(directory);
  }
}
