/**
 * Between a row of `backup_records` and a record.
 *
 * @module
 */

import { sep } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import {
  type BackupMetadata,
  type BackupRecord,
  type Proof,
  PROOFS,
  type Reason,
  REASONS,
} from "../artifact/backup_record.ts";

/** The columns in the order in which they are written. */
export const RECORD_COLUMNS: readonly string[] = [
  "id",
  "backup_name",
  "backup_type",
  "source_version",
  "backup_path",
  "backup_size",
  "file_count",
  "compression_type",
  "backup_hash",
  "description",
  "backup_metadata",
  "created_at",
  "expires_at",
  "pinned",
  "proof",
  "proved_at",
  "sequence",
  "deleted_at",
];

/** The folder, in the backup directory, of what was deleted and can still come back. */
export const TRASH_DIR = ".trash";

/** Where a backup lies, relative to its directory, which may move. */
export function relativePath(
  { name, deletedAt }: Pick<BackupRecord, "name" | "deletedAt">,
): string {
  return deletedAt === null ? name : `${TRASH_DIR}/${name}`;
}

/** The values of a record by column. */
export function rowOf(record: BackupRecord): Record<string, SQLInputValue> {
  return {
    id: record.id,
    backup_name: record.name,
    backup_type: record.reason,
    source_version: record.sourceVersion,
    backup_path: relativePath(record),
    backup_size: record.size,
    file_count: record.fileCount,
    compression_type: record.format,
    backup_hash: record.sha256,
    description: record.note,
    backup_metadata: JSON.stringify(record.metadata),
    created_at: record.createdAt,
    expires_at: record.expiresAt,
    pinned: record.pinned ? 1 : 0,
    proof: record.proof,
    proved_at: record.provedAt,
    sequence: record.sequence,
    deleted_at: record.deletedAt,
  };
}

/** The record of a row, its path inside `directory`. */
export function recordOf(row: Readonly<Record<string, unknown>>, directory: string): BackupRecord {
  return {
    id: String(row.id),
    name: String(row.backup_name),
    reason: oneOf(REASONS, row.backup_type, "manual"),
    sourceVersion: text(row.source_version),
    path: `${directory}${directory.endsWith(sep) ? "" : sep}${row.backup_path}`,
    size: Number(row.backup_size),
    fileCount: Number(row.file_count),
    format: String(row.compression_type),
    sha256: text(row.backup_hash),
    note: text(row.description),
    metadata: JSON.parse(String(row.backup_metadata)) as BackupMetadata,
    createdAt: String(row.created_at),
    expiresAt: text(row.expires_at),
    pinned: Number(row.pinned) === 1,
    proof: oneOf(PROOFS, row.proof, "stored"),
    provedAt: text(row.proved_at),
    sequence: Number(row.sequence),
    deletedAt: text(row.deleted_at),
  };
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** A word of a closed list; a word that another version wrote becomes the fallback. */
function oneOf<T extends Reason | Proof>(words: readonly T[], value: unknown, fallback: T): T {
  return words.find((word) => word === value) ?? fallback;
}
