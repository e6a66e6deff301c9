/**
 * The backups of a directory with their copies, as the terminal UI lists them.
 *
 * @module
 */

import { join } from "node:path";
import { Catalog } from "../../core/catalog/catalog.ts";
import { TRASH_DIR } from "../../core/catalog/record_row.ts";
import type { DatabaseSettings } from "../../core/config/database_settings.ts";
import { exists } from "../../core/files/is_file.ts";
import { listBackups } from "../../core/list.ts";
import type { Place } from "../../core/directory/place.ts";
import { copiesOf } from "../../core/targets/copies_table.ts";
import { type HeldCopy, homesOf, type KnownBackup } from "../../tui/known_backup.ts";

/** What is kept and what the trash can give back, each newest first. */
export interface KnownBackups {
  readonly backups: readonly KnownBackup[];
  readonly trash: readonly KnownBackup[];
}

/**
 * Lists them. What was deleted here for good, and still lies on a target, is one of the
 * backups: it can be fetched. Only copies on configured targets count.
 */
export async function knownBackups(
  place: Place,
  { targets }: Pick<DatabaseSettings, "targets">,
): Promise<KnownBackups> {
  const copies = copiesHere(place.directory, Object.keys(targets));
  const backups: KnownBackup[] = [];
  const trash: KnownBackup[] = [];
  for (const listed of (await listBackups({ ...place, deleted: true })).backups) {
    const known: KnownBackup = { ...listed, copies: copies.get(listed.id) ?? [] };
    if (known.status !== "deleted") backups.push(known);
    else if (await exists(join(place.directory, TRASH_DIR, known.name))) trash.push(known);
    else if (homesOf(known).length > 0) backups.push({ ...known, status: "missing" });
  }
  return { backups, trash };
}

function copiesHere(
  directory: string,
  targets: readonly string[],
): ReadonlyMap<string, readonly HeldCopy[]> {
  if (targets.length === 0) return new Map();
  using catalog = Catalog.openToRead(directory);
  const copies = catalog === undefined ? [] : copiesOf(catalog);
  return Map.groupBy(
    copies.filter(({ target }) => targets.includes(target)),
    ({ backupId }) => backupId,
  );
}
