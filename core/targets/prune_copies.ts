/**
 * Applies the retention policy of a target to the copies there.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { plan, type RetentionPlan } from "../retention/retention.ts";
import { defaultRetention } from "../retention/retention_policy.ts";
import type { RetentionBackup } from "../retention/retention_timeline.ts";
import { copiesOf, forgetCopy, putCopy } from "./copies_table.ts";
import type { OpenTarget } from "./open_target.ts";
import { removeCopy } from "./remove_copy.ts";
import type { TargetWork } from "./target_work.ts";

/** A copy that went, and why. */
export interface PrunedCopy {
  /** The backup's id. */
  readonly id: string;
  /** The backup's file name. */
  readonly name: string;
  /** Why, as a sentence without its end. */
  readonly why: string;
}

/** What the policy of a target decides for these backups, were all of them there. */
export function planCopies(
  backups: readonly BackupRecord[],
  { retention, kind }: Pick<OpenTarget, "retention" | "kind">,
  { now, zone }: { readonly now: Temporal.Instant; readonly zone: string },
): RetentionPlan<RetentionBackup> {
  const place = kind === "google_drive" ? "google-drive" : "target";
  const policy = retention ?? defaultRetention(place);
  // What lies in the trash here is a copy like any other there.
  const there = backups.map((backup) => ({ ...backup, deletedAt: null, present: true }));
  return plan(there, policy, now, zone);
}

/**
 * Removes the copies that the policy does not keep. A plan that takes more than half of
 * the good ones is not carried out: it is a warning.
 *
 * Throws `TargetError`.
 */
export async function pruneCopies(
  catalog: Catalog,
  work: TargetWork,
): Promise<readonly PrunedCopy[]> {
  const { place, clock, report } = work;
  await finishRemovals(catalog, work);
  const backups = storedBackups(catalog, place.name);
  const decided = planCopies(backups, place, { now: clock.now(), zone: clock.zone() });
  if (decided.massDelete) {
    report.warn({
      code: "MASS_DELETE",
      message: `Target "${place.name}": ${decided.goodBefore - decided.goodAfter} of ` +
        `${decided.goodBefore} good copies would go, so none was removed`,
      hint: "Look at its retention policy, or delete by name: holdfast delete --target",
    });
    return [];
  }
  const pruned: PrunedCopy[] = [];
  for (const { backup, why } of decided.delete) {
    await dropCopy(catalog, backup.id, work);
    pruned.push({ id: backup.id, name: backup.name, why });
    const total = decided.delete.length;
    report.progress({
      phase: "prune",
      done: pruned.length,
      total,
      unit: "files",
      item: place.name,
    });
  }
  return pruned;
}

/** Removes the copy of a backup, safe under a kill at any point. Throws `TargetError`. */
export async function dropCopy(
  catalog: Catalog,
  backupId: string,
  work: TargetWork,
): Promise<void> {
  const row = copiesOf(catalog, work.place.name).find((each) => each.backupId === backupId);
  if (row === undefined) return;
  putCopy(catalog, { ...row, state: "removing" });
  await removeCopy(row.key, work);
  forgetCopy(catalog, row);
}

/** The backups that have a whole copy on a target. */
export function storedBackups(catalog: Catalog, target: string): readonly BackupRecord[] {
  return copiesOf(catalog, target)
    .filter(({ state }) => state === "stored")
    .map(({ backupId }) => catalog.record(backupId))
    .filter((record) => record !== undefined);
}

async function finishRemovals(catalog: Catalog, work: TargetWork): Promise<void> {
  for (const row of copiesOf(catalog, work.place.name)) {
    if (row.state !== "removing") continue;
    await removeCopy(row.key, work);
    forgetCopy(catalog, row);
  }
}
