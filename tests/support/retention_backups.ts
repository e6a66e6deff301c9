/**
 * Made-up backups for tests of retention.
 *
 * @module
 */

import { plan, type RetentionPlan } from "../../core/retention/retention.ts";
import type { RetentionPolicy } from "../../core/retention/retention_policy.ts";
import type { RetentionBackup } from "../../core/retention/retention_timeline.ts";

/** A plan for made-up backups. */
export type MadeUpPlan = RetentionPlan<RetentionBackup>;

/** The moment at which they are judged. */
export const judgedAt: Temporal.Instant = Temporal.Instant.from("2026-11-21T12:00:00Z");

/** What a policy makes of them at that moment. */
export function madeUpPlan(
  backups: readonly RetentionBackup[],
  policy: RetentionPolicy,
  zone = "UTC",
): MadeUpPlan {
  return plan(backups, policy, judgedAt, zone);
}

/** The ids of those that it keeps. */
export function keptIds({ keep }: MadeUpPlan): string[] {
  return keep.map(({ backup }) => backup.id);
}

/** The ids of those that go. */
export function goneIds(plan: MadeUpPlan): string[] {
  return plan.delete.map(({ backup }) => backup.id);
}

/** Everything that keeps one of them. */
export function rulesOf({ keep }: MadeUpPlan, id: string): readonly string[] {
  return keep.find(({ backup }) => backup.id === id)?.rules ?? [];
}

/** A good backup of an instant, with what a test wants otherwise. */
export function retentionBackup(
  createdAt: string,
  other: Partial<RetentionBackup> = {},
): RetentionBackup {
  const instant = Temporal.Instant.from(createdAt);
  return {
    id: createdAt,
    name: createdAt,
    reason: "auto:timer",
    createdAt,
    expiresAt: null,
    pinned: false,
    proof: "checked",
    metadata: {},
    size: 1000,
    sequence: instant.epochMilliseconds,
    deletedAt: null,
    present: true,
    ...other,
  };
}

/** Backups at a distance from each other, the last one at `last`. */
export function retentionSeries(
  last: string,
  every: Temporal.DurationLike,
  count: number,
): RetentionBackup[] {
  const backups: RetentionBackup[] = [];
  let time = Temporal.Instant.from(last).toZonedDateTimeISO("UTC");
  for (let i = 0; i < count; i++, time = time.subtract(every)) {
    backups.push(retentionBackup(time.toInstant().toString()));
  }
  return backups;
}
