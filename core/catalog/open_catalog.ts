/**
 * Opens the file `catalog.db`, and says what is wrong with one that is no catalog.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { isMissing } from "../files/file_error.ts";
import { catalogError } from "./catalog_error.ts";
import { BUSY_MS, openReadOnly } from "./open_read_only.ts";
import { CATALOG_APPLICATION_ID, catalogVersion, migrateCatalog } from "./schema.ts";

/**
 * Opens it to write, with the newest schema, and makes it where there is none.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED` where it is damaged, no catalog or too new.
 */
export function openCatalogToWrite(path: string): DatabaseSync {
  return readingCatalog(path, () => {
    createPrivate(path);
    return ready(new DatabaseSync(path), (database) => {
      database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
      refuseForeign(database);
      database.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
      migrateCatalog(database);
      return database;
    });
  });
}

/**
 * Opens it to read.
 *
 * @returns `undefined` where there is none, or one that was killed before it held anything.
 * @throws {HoldfastError} `BACKUP_LIST_FAILED` where it is damaged, no catalog or too new.
 */
export function openCatalogToRead(path: string): DatabaseSync | undefined {
  if (!isThere(path)) return undefined;
  return readingCatalog(path, () =>
    ready(openReadOnly(path), (database) => {
      refuseForeign(database);
      if (catalogVersion(database) > 0) return database;
      database.close();
      return undefined;
    }));
}

/**
 * Does something with the file; what fails is told as what is wrong with the catalog.
 *
 * @throws {HoldfastError} As {@linkcode catalogError} says.
 */
export function readingCatalog<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw catalogError(`Cannot open the catalog "${path}"`, cause);
  }
}

/** What is not ready is closed again. */
function ready<T>(database: DatabaseSync, work: (database: DatabaseSync) => T): T {
  try {
    return work(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseForeign(database: DatabaseSync): void {
  const id = Number(database.prepare("PRAGMA application_id").get()?.application_id ?? 0);
  const tables = Number(
    database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n ?? 0,
  );
  if (tables > 0 && id !== CATALOG_APPLICATION_ID) throw notACatalog();
}

function notACatalog(): HoldfastError {
  return new HoldfastError("BACKUP_LIST_FAILED", 'The file "catalog.db" is no holdfast catalog', {
    hint: "Is this the right backup directory?",
  });
}

/** SQLite would make it readable for others. */
function createPrivate(path: string): void {
  Deno.openSync(path, { write: true, create: true, mode: 0o600 }).close();
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
