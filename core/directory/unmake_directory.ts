/**
 * Takes a backup directory away that was made for a run which had nothing to put into it: it
 * was refused, failed, or only looked.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { type Catalog, CATALOG_FILE } from "../catalog/catalog.ts";
import { MANIFEST_FILE } from "../catalog/manifest.ts";
import { sqliteCode } from "../engine/sqlite_error.ts";
import { LOCK_FILE } from "../files/directory_lock.ts";
import { STAGING_DIR } from "../files/staging.ts";
import { TAG_FILE } from "./system_backup.ts";

/** What a run makes before it has a backup. */
const OURS: readonly string[] = [MANIFEST_FILE, TAG_FILE, CATALOG_FILE, LOCK_FILE];

/**
 * Whether a catalog has nothing to tell: no backup, nothing that took effect, and no backup that
 * failed by itself, while nobody looked.
 */
export function isBlank(catalog: Catalog): boolean {
  try {
    return isEmpty(catalog);
  } catch (error) {
    // What cannot be read may hold something.
    if (sqliteCode(error) === undefined) throw error;
    return false;
  }
}

function isEmpty(catalog: Catalog): boolean {
  return catalog.records({ deleted: true, limit: 1 }).length === 0 &&
    catalog.runs().every(({ outcome, details: { reason } }) =>
      outcome !== "done" && outcome !== "partly" &&
      !(typeof reason === "string" && reason.startsWith("auto:"))
    );
}

/**
 * Removes it with the folders above it up to `outermost`, which were made for it. Where
 * anything else lies in it, such as what the next run has to put right, it stays as it is.
 */
export function unmakeDirectory(directory: string, outermost = directory): void {
  try {
    const known = new Set([...OURS, STAGING_DIR]);
    if ([...Deno.readDirSync(directory)].some(({ name }) => !known.has(name))) return;
    for (const name of [STAGING_DIR, ...OURS]) removeIfThere(join(directory, name));
    for (let at = directory;; at = dirname(at)) {
      Deno.removeSync(at);
      if (at === outermost || at === dirname(at)) return;
    }
  } catch (error) {
    // In use, or not empty: an empty directory does no harm.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** Never with what is in it. */
function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
