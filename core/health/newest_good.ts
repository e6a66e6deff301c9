/**
 * The newest good backup of a database, found without a lock.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import { isGoodHere, type LocalBackup, withPresence } from "./local_backups.ts";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";

/** The newest good one whose file is there, `undefined` where there is none. Needs `--allow-read`. */
export async function newestGood(options: PlaceOptions): Promise<LocalBackup | undefined> {
  const { directory } = await resolvePlace(options);
  using catalog = Catalog.openToRead(directory);
  return (await withPresence(catalog?.records() ?? [])).find(isGoodHere);
}
