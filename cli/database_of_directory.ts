/**
 * Whose backups lie in a directory.
 *
 * @module
 */

import { Catalog } from "../core/catalog/catalog.ts";
import { HoldfastError } from "../core/errors.ts";

/**
 * Path of the database that a backup directory belongs to.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where it has no catalog.
 */
export function databaseOfDirectory(directory: string): string {
  using catalog = Catalog.openToRead(directory);
  const database = catalog?.fact("database");
  if (database !== undefined) return database;
  throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find backups in "${directory}"`, {
    hint: "It has no catalog.db. Name the folder that holds the backups, or the database.",
  });
}
