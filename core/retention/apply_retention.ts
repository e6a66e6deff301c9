/**
 * Applies a retention policy to an open backup directory.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { DirectoryWork } from "../directory/directory_job.ts";
import { HoldfastError } from "../errors.ts";
import { lastFailureOf, type LocalBackup, withPresence } from "../health/local_backups.ts";
import { iso } from "../artifact/new_record.ts";
import { throwIfCancelled } from "../report.ts";
import { plan, type RetentionPlan } from "./retention.ts";
import { defaultRetention, type RetentionPolicy } from "./retention_policy.ts";
import { purgeTrash, toTrash } from "../directory/trash.ts";

/** Which policy holds. */
export interface PolicyOptions {
  /** What to keep; `defaultRetention()` by default. */
  readonly policy?: RetentionPolicy | undefined;
  /** The IANA name of the zone of its days and weeks; that of the clock by default. */
  readonly zone?: string | undefined;
}

/** What a policy decides for a backup directory. */
export type PrunePlan = RetentionPlan<LocalBackup>;

/** A backup that went, and why. */
export interface PrunedBackup {
  /** The backup's id. */
  readonly id: string;
  /** The backup's file name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Why, as a sentence without its end. */
  readonly why: string;
}

/** What pruning did. */
export interface Pruned {
  /** Went to the trash: for 7 days `undelete` brings it back. */
  readonly trashed: readonly PrunedBackup[];
  /** Had been in the trash for 7 days and went for good. */
  readonly purged: readonly { readonly id: string; readonly name: string; readonly size: number }[];
}

/** Decides, from the records and their files. */
export async function planFor(
  catalog: Catalog,
  { policy, zone, now }: {
    readonly policy: RetentionPolicy | undefined;
    readonly zone: string;
    readonly now: Temporal.Instant;
  },
): Promise<PrunePlan> {
  const backups = await withPresence(catalog.records());
  const lastFailure = lastFailureOf(catalog.runs({ jobs: ["backup"] }));
  return plan(backups, policy ?? defaultRetention(), now, zone, { lastFailure });
}

/** @throws {HoldfastError} `USAGE` where a plan removes more than half of the good backups. */
export function refuseMassDelete({ massDelete, goodBefore, goodAfter }: PrunePlan): void {
  if (!massDelete) return;
  throw new HoldfastError(
    "USAGE",
    `Cannot prune: ${goodBefore - goodAfter} of ${goodBefore} good backups would go`,
    {
      hint: "Nothing was deleted. Look at the policy, or allow it: prune --allow-mass-delete",
    },
  );
}

/** Does what the plan says, then clears the trash of what is older than its grace. */
export async function carryOut(
  decided: PrunePlan,
  { open, clock, report, signal }: DirectoryWork,
): Promise<Pruned> {
  const { catalog } = open;
  const at = iso(clock.now());
  const trashed: PrunedBackup[] = [];
  for (const { backup, why } of decided.delete) {
    throwIfCancelled(signal);
    const record = catalog.record(backup.id);
    if (record === undefined || record.deletedAt !== null || record.pinned) continue;
    await toTrash(record, { catalog, at });
    trashed.push({ ...briefly(record), why });
    const total = decided.delete.length;
    report.progress({ phase: "prune", done: trashed.length, total, unit: "files" });
  }
  const purged = await purgeTrash(catalog, { now: clock.now(), zone: clock.zone() });
  return { trashed, purged: purged.map(briefly) };
}

/** What a run's log line keeps of it. */
export function prunedDetails({ trashed, purged }: Pruned): Record<string, unknown> {
  return {
    trashed: trashed.map(({ name, why }) => ({ name, why })),
    purged: purged.map(({ name }) => name),
    purgedBytes: bytesOf(purged),
  };
}

/** `3 to the trash, 1 for good`. */
export function prunedWords({ trashed, purged }: Pruned): string {
  if (trashed.length + purged.length === 0) return "nothing to delete";
  const parts = trashed.length > 0 ? [`${trashed.length} to the trash`] : [];
  if (purged.length > 0) parts.push(`${purged.length} for good`);
  return parts.join(", ");
}

/** The bytes of them all. */
export function bytesOf(backups: readonly { readonly size: number }[]): number {
  return backups.reduce((sum, { size }) => sum + size, 0);
}

function briefly({ id, name, size }: BackupRecord): {
  readonly id: string;
  readonly name: string;
  readonly size: number;
} {
  return { id, name, size };
}
