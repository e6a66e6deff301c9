/**
 * The tables of `catalog.db`, version by version.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";

/** `PRAGMA application_id` of a catalog: "HFst". */
export const CATALOG_APPLICATION_ID = 0x48467374;

/** Each step brings a catalog of version `index` to `index + 1`. Steps are never edited once released. */
const steps: readonly string[] = [
  `
  CREATE TABLE directory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE backup_records (
    id TEXT PRIMARY KEY,
    backup_name TEXT NOT NULL UNIQUE,
    backup_type TEXT NOT NULL,
    source_version TEXT,
    backup_path TEXT NOT NULL,
    backup_size INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    compression_type TEXT NOT NULL,
    backup_hash TEXT,
    description TEXT,
    backup_metadata TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    pinned INTEGER NOT NULL DEFAULT 0,
    proof TEXT NOT NULL,
    proved_at TEXT,
    sequence INTEGER NOT NULL UNIQUE,
    deleted_at TEXT
  ) STRICT;
  CREATE INDEX backup_records_by_time ON backup_records (created_at);

  CREATE TABLE copies (
    backup_id TEXT NOT NULL REFERENCES backup_records (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    size INTEGER,
    sha256 TEXT,
    codecs TEXT NOT NULL DEFAULT '[]',
    stored_at TEXT,
    verified_at TEXT,
    error TEXT,
    PRIMARY KEY (backup_id, target)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,
    code TEXT,
    message TEXT,
    backup_id TEXT,
    host TEXT,
    details TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX runs_by_time ON runs (started_at);
  `,
  `
  ALTER TABLE runs ADD COLUMN user TEXT;
  CREATE INDEX runs_by_job ON runs (job, started_at);
  `,
];

/** The version that this program writes. */
export const CATALOG_VERSION = steps.length;

/**
 * Brings the schema of an open catalog to the present version, in one transaction.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED` where a newer holdfast wrote it.
 */
export function migrateCatalog(database: DatabaseSync): void {
  const version = catalogVersion(database);
  if (version === CATALOG_VERSION) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps.slice(catalogVersion(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${CATALOG_VERSION}`);
    database.exec(`PRAGMA application_id = ${CATALOG_APPLICATION_ID}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** The version of an open catalog; 0 for a new one. */
export function catalogVersion(database: DatabaseSync): number {
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (version <= CATALOG_VERSION) return version;
  throw new HoldfastError(
    "BACKUP_LIST_FAILED",
    `Cannot read the catalog: it has version ${version}, this holdfast knows ${CATALOG_VERSION}`,
    { hint: "A newer holdfast wrote it: use that one, or update this one." },
  );
}
