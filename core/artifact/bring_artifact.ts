/**
 * Brings the database of a backup, alone, into a private folder: a plain file as it is, one
 * that is packed out of its archive.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import { formatNamed, formatOf, type Formats } from "./formats.ts";
import { stageArtifact } from "./stage_artifact.ts";
import { type Unpacked, unpackFile } from "./unpack_file.ts";
import { HoldfastError } from "../errors.ts";
import { fileDigest } from "../files/file_digest.ts";
import type { Staging } from "../files/staging.ts";
import type { Report } from "../report.ts";

/** A backup, or a file from anywhere, where it lies. */
export interface ArtifactSource {
  /** Its record, where the catalog or a target knows it. */
  readonly record: BackupRecord | undefined;
  /** The file. */
  readonly path: string;
}

/** What bringing works with. */
export interface BringOptions {
  readonly staging: Staging;
  readonly formats: Formats | undefined;
  readonly signal: AbortSignal;
  readonly report?: Report | undefined;
  /** Compare an archive with the hash of its record; the default. */
  readonly checksum?: boolean | undefined;
  /** What the database is called in the private folder; `artifact.db` by default. */
  readonly name?: string | undefined;
  /** Unpack the files beside the database too. */
  readonly withFiles?: boolean | undefined;
}

/** The database of a backup in a private folder. */
export interface BroughtArtifact {
  /** The database, alone. */
  readonly path: string;
  /** The record as it holds for that database: its own hash and size, where it was packed. */
  readonly record: BackupRecord | undefined;
  /** What was in the archive. */
  readonly unpacked: Unpacked | undefined;
}

/**
 * Brings it. An archive is checked against its record first; the database is not yet
 * verified.
 *
 * @throws {HoldfastError} `BACKUP_INVALID`, `KEY_WRONG`, `NO_SPACE`, `PLUGIN_INVALID`, `USAGE`
 * for the kept files of a damaged database, `CANCELLED`.
 */
export async function bringArtifact(
  { record, path }: ArtifactSource,
  { staging, formats, checksum = true, name = "artifact.db", ...options }: BringOptions,
): Promise<BroughtArtifact> {
  if (record?.format === "files") throw damagedFiles(record);
  if (record?.format === "db") {
    return { path: await stageArtifact(path, staging, name), record, unpacked: undefined };
  }
  const format = record === undefined
    ? await formatOf(path, formats)
    : await formatNamed(record.format, formats);
  if (format === undefined) {
    return { path: await stageArtifact(path, staging, name), record, unpacked: undefined };
  }
  const packed = await stageArtifact(path, staging, `${name}.packed`);
  const trusted = await sameBytes(packed, record, options.signal);
  if (!trusted && checksum && typeof record?.sha256 === "string") throw changed(record);
  const unpacked = await unpackFile(packed, format, { ...options, staging, trusted, name });
  await Deno.remove(packed);
  return { path: unpacked.database, record: contentRecord(record), unpacked };
}

/** Whether the archive has the hash of its record. */
export async function sameBytes(
  path: string,
  record: BackupRecord | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (typeof record?.sha256 !== "string") return false;
  return await fileDigest(path, signal) === record.sha256;
}

/** The record of the database in an archive. */
function contentRecord(record: BackupRecord | undefined): BackupRecord | undefined {
  if (record === undefined) return undefined;
  const { databaseSha256 = null, databaseSize } = record.metadata;
  return { ...record, format: "db", sha256: databaseSha256, size: databaseSize ?? record.size };
}

function changed({ name }: BackupRecord): HoldfastError {
  return new HoldfastError("BACKUP_INVALID", `Cannot use "${name}": the file was changed`, {
    hint:
      "Its SHA-256 is not that of its record. `holdfast verify --all` shows which backups are good.",
  });
}

function damagedFiles({ name }: BackupRecord): HoldfastError {
  return new HoldfastError(
    "USAGE",
    `Cannot look into "${name}": it keeps the files of a damaged database`,
    { hint: "Any tool may look at them: it is a plain folder in the backup directory." },
  );
}
