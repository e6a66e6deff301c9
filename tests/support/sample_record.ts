/**
 * A made-up record, for tests of what reads records only.
 *
 * @module
 */

import type { BackupRecord } from "../../core/artifact/backup_record.ts";

/** A checked backup of the first of January 2026, but for what a test wants otherwise. */
export function sampleRecord(other: Partial<BackupRecord> = {}): BackupRecord {
  const name = other.name ?? "2026-01-01_00-00-00.db";
  return {
    id: crypto.randomUUID(),
    name,
    reason: "manual",
    sourceVersion: null,
    path: `/backups/${name}`,
    size: 1,
    fileCount: 1,
    format: "db",
    sha256: null,
    note: null,
    metadata: {},
    createdAt: "2026-01-01T00:00:00.000Z",
    expiresAt: null,
    pinned: false,
    proof: "checked",
    provedAt: null,
    sequence: 1,
    deletedAt: null,
    ...other,
  };
}
