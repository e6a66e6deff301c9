/**
 * The manifest: the catalog as plain JSON beside it, enough to rebuild it.
 *
 * @module
 */

import { join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import type { Catalog } from "./catalog.ts";
import { relativePath } from "./record_row.ts";

/** The file's name in the backup directory. */
export const MANIFEST_FILE = "backup_manifest.json";

/** The version of its shape. */
export const MANIFEST_VERSION = 1;

/** One backup in the manifest: the record, in the words of its readers. */
export interface ManifestBackup extends Omit<BackupRecord, "name" | "path" | "size"> {
  /** The name of the file. */
  readonly filename: string;
  /** Its bytes. */
  readonly sizeBytes: number;
  /** Rows of each table. */
  readonly recordCount: Readonly<Record<string, number | null>>;
}

/** The whole file. */
export interface Manifest {
  readonly version: number;
  /** The path of the database. */
  readonly database: string;
  /** The id of the directory. */
  readonly directoryId: string;
  /** Newest first. */
  readonly backups: readonly ManifestBackup[];
}

/** The manifest of a catalog as it is now. */
export function manifestOf(catalog: Catalog): Manifest {
  return {
    version: MANIFEST_VERSION,
    database: catalog.fact("database") ?? "",
    directoryId: catalog.fact("id") ?? "",
    backups: catalog.records({ deleted: true }).map(manifestBackup),
  };
}

/** Writes it beside the catalog, atomically. Throws as `writeFileAtomic` does. */
export async function writeManifest(catalog: Catalog): Promise<void> {
  const text = `${JSON.stringify(manifestOf(catalog), null, 2)}\n`;
  await writeFileAtomic(join(catalog.directory, MANIFEST_FILE), text);
}

/** The record of a manifest entry. */
export function recordOfManifest(entry: ManifestBackup, directory: string): BackupRecord {
  const { filename, sizeBytes, recordCount: _, ...rest } = entry;
  const path = join(directory, relativePath({ name: filename, deletedAt: rest.deletedAt }));
  return { ...rest, name: filename, path, size: sizeBytes };
}

/** The records of a manifest, in the order of taking. */
export function recordsOf(manifest: Manifest, directory: string): BackupRecord[] {
  return manifest.backups.map((entry) => recordOfManifest(entry, directory))
    .toSorted((a, b) => a.sequence - b.sequence);
}

function manifestBackup(record: BackupRecord): ManifestBackup {
  const { name, path: _, size, ...rest } = record;
  return { filename: name, sizeBytes: size, recordCount: rest.metadata.recordCount ?? {}, ...rest };
}
