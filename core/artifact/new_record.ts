/**
 * From a staged, proved file to a backup under its final name with its record.
 *
 * @module
 */

import { join } from "node:path";
import { backupName } from "./backup_name.ts";
import type { BackupMetadata, BackupRecord, Proof, Reason } from "./backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import { syncDir } from "../files/atomic_file.ts";
import { existsNow } from "../files/is_file.ts";
import { type RestoreIntent, writeIntent } from "../restore/intent.ts";

/** What becomes a backup. */
export interface NewBackup {
  /** The staged file, synced, alone. */
  readonly staged: string;
  /** Its staging folder, where the intent is kept until the record is written. */
  readonly folder: string;
  readonly takenAt: Temporal.Instant;
  readonly reason: Reason;
  readonly size: number;
  readonly sha256: string;
  readonly proof: Proof;
  readonly metadata: BackupMetadata;
  readonly note?: string | undefined;
  readonly sourceVersion?: string | undefined;
  readonly expiresAt?: string | undefined;
  readonly format?: string | undefined;
  readonly fileCount?: number | undefined;
  /** The ending of the name; `.db` by default. */
  readonly extension?: string | undefined;
  /** The restore that it is a step of, whose intent lies in the folder. */
  readonly within?: RestoreIntent | undefined;
}

/**
 * Gives the staged file its name and its record, safe under a kill at any point. Where the
 * record cannot be written the file is staged as before.
 */
export async function addBackup(
  backup: NewBackup,
  { catalog, clock }: { readonly catalog: Catalog; readonly clock: Clock },
): Promise<BackupRecord> {
  const name = freeName(catalog, {
    at: backup.takenAt,
    zone: clock.zone(),
    extension: backup.extension,
  });
  const record: Omit<BackupRecord, "sequence"> = {
    id: crypto.randomUUID(),
    name,
    reason: backup.reason,
    sourceVersion: backup.sourceVersion ?? null,
    path: join(catalog.directory, name),
    size: backup.size,
    fileCount: backup.fileCount ?? 1,
    format: backup.format ?? "db",
    sha256: backup.sha256,
    note: backup.note ?? null,
    metadata: { ...backup.metadata, zone: clock.zone() },
    createdAt: iso(backup.takenAt),
    expiresAt: backup.expiresAt ?? null,
    pinned: false,
    proof: backup.proof,
    provedAt: backup.proof === "stored" ? null : iso(clock.now()),
    deletedAt: null,
  };
  await writeIntent(backup.folder, { kind: "record", record, within: backup.within });
  await Deno.rename(backup.staged, record.path);
  try {
    await syncDir(catalog.directory);
    return catalog.add(record);
  } catch (error) {
    // On a full disk there may be room for the file and none for its record.
    if (catalog.record(record.id) === undefined) await Deno.rename(record.path, backup.staged);
    throw error;
  }
}

/** A name that neither the catalog nor the directory has. */
export function freeName(
  catalog: Catalog,
  want: {
    readonly at: Temporal.Instant;
    readonly zone: string;
    readonly extension?: string | undefined;
  },
): string {
  const taken = (name: string): boolean =>
    catalog.isNameTaken(name) || existsNow(join(catalog.directory, name));
  return backupName(want.at, want.zone, taken, want.extension);
}

/** An instant as it stands in the catalog: ISO 8601, UTC, milliseconds. */
export function iso(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
