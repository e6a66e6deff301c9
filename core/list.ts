/**
 * Lists the backups of a database, without a lock.
 *
 * @module
 */

import { isMissing } from "./files/file_error.ts";
import type { BackupRecord } from "./artifact/backup_record.ts";
import { readManifest } from "./catalog/adopt_manifest.ts";
import { Catalog } from "./catalog/catalog.ts";
import { recordOfManifest } from "./catalog/manifest.ts";
import { HoldfastError } from "./errors.ts";
import { type Place, type PlaceOptions, resolvePlace } from "./directory/place.ts";

/** What {@linkcode listBackups} is given. */
export interface ListOptions extends PlaceOptions {
  /** Also those in the trash. */
  readonly deleted?: boolean | undefined;
  /** At most so many, newest first. */
  readonly limit?: number | undefined;
}

/** A backup and whether its file is there. */
export interface ListedBackup extends BackupRecord {
  /** `missing`: the catalog knows it, its file is gone. */
  readonly status: "available" | "missing" | "deleted";
}

/** Where and what. */
export interface Listing extends Place {
  /** Newest first. */
  readonly backups: readonly ListedBackup[];
}

/**
 * Lists the backups, newest first. Takes no lock. Needs `--allow-read`.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED`, `BACKUP_NOT_FOUND`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, listBackups } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database: `${dir}/app.db`, note: "before the party" });
 *
 * const { backups } = await listBackups({ database: `${dir}/app.db` });
 * console.log(backups.map(({ note, status }) => [note, status]));
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function listBackups(options: ListOptions): Promise<Listing> {
  const place = await resolvePlace(options);
  const records = await readRecords(place.directory, options);
  const names = await namesIn(place.directory);
  return {
    ...place,
    backups: records.map((record) => ({ ...record, status: statusOf(record, names) })),
  };
}

/** The records of a directory, newest first, from the catalog or, where it is lost, the manifest. */
export async function readRecords(
  directory: string,
  { deleted = false, limit }: Pick<ListOptions, "deleted" | "limit"> = {},
): Promise<BackupRecord[]> {
  using catalog = Catalog.openToRead(directory);
  if (catalog !== undefined) return catalog.records({ deleted, limit });
  const manifest = await readManifest(directory);
  return (manifest?.backups ?? [])
    .map((entry) => recordOfManifest(entry, directory))
    .filter(({ deletedAt }) => deleted || deletedAt === null)
    .slice(0, limit);
}

function statusOf(
  { name, deletedAt }: BackupRecord,
  names: ReadonlySet<string>,
): ListedBackup["status"] {
  if (deletedAt !== null) return "deleted";
  return names.has(name) ? "available" : "missing";
}

/** What lies in the directory: one look, however many backups there are. */
async function namesIn(directory: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    for await (const entry of Deno.readDir(directory)) names.add(entry.name);
  } catch (error) {
    if (isMissing(error)) return names;
    throw new HoldfastError("BACKUP_LIST_FAILED", `Cannot look into "${directory}"`, {
      cause: error,
    });
  }
  return names;
}
