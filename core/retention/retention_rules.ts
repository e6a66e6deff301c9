/**
 * Which rules of a policy keep which backups, before limits and floors.
 *
 * @module
 */

import type { Period, RetentionRules } from "./retention_policy.ts";
import type { DatedBackup, RetentionBackup } from "./retention_timeline.ts";

/** A rule that keeps by what the policy says, the one that matters least first. */
export type PolicyRule =
  | "keepWithin"
  | "keepLast"
  | "keepAll"
  | "keepHourly"
  | "keepDaily"
  | "keepWeekly"
  | "keepMonthly"
  | "keepYearly";

/** A rule that keeps a backup. */
export interface RuleHit {
  readonly rule: PolicyRule;
  /** The period that the backup stands for: `2026-11-14`, `2026-W46`. */
  readonly bucket?: string | undefined;
  /** When a rule of time lets go of it. */
  readonly until?: Temporal.Instant | undefined;
}

/** What {@linkcode hitsOf} is given beside the backups. */
export interface RuleOptions {
  readonly rules: RetentionRules;
  /** Ages are measured from here. */
  readonly anchor: Temporal.Instant;
  readonly zone: string;
}

const ruleOf: Readonly<Record<Period, PolicyRule>> = {
  hourly: "keepHourly",
  daily: "keepDaily",
  weekly: "keepWeekly",
  monthly: "keepMonthly",
  yearly: "keepYearly",
};

/**
 * The rules that keep each backup, by its id. Rules run from fine to coarse; a bucket keeps
 * its newest, and one that a finer rule keeps already costs a coarser rule no slot, so that
 * 7 days and 4 weeks reach back 7 days and 4 weeks more (as in `borg prune`).
 *
 * @param candidates The good backups that may take slots, newest first.
 */
export function hitsOf<B extends RetentionBackup>(
  candidates: readonly DatedBackup<B>[],
  options: RuleOptions,
): ReadonlyMap<string, readonly RuleHit[]> {
  const { rules } = options;
  const hits = new Map<string, RuleHit[]>();
  const hit = (it: DatedBackup<B>, found: RuleHit): void => {
    hits.set(it.backup.id, [...hits.get(it.backup.id) ?? [], found]);
  };
  if (rules.keepAll) { for (const it of candidates) hit(it, { rule: "keepAll" }); }
  for (const it of candidates.slice(0, rules.keepLast)) hit(it, { rule: "keepLast" });
  if (rules.keepWithin !== undefined) {
    const { keepWithin } = rules;
    const cutoff = cutoffOf(keepWithin, options);
    for (const it of candidates) {
      if (Temporal.Instant.compare(it.aged, cutoff) < 0) continue;
      hit(it, { rule: "keepWithin", until: end(it, keepWithin, options.zone) });
    }
  }
  for (const { period, keep } of rules.periods) {
    const rule = ruleOf[period];
    let slots = typeof keep === "number" ? keep : 0;
    const cutoff = typeof keep === "number" ? undefined : cutoffOf(keep, options);
    for (const [bucket, it] of newestByBucket(candidates, period)) {
      if (typeof keep !== "number") {
        const isYoung = cutoff === undefined || Temporal.Instant.compare(it.aged, cutoff) >= 0;
        if (isYoung) hit(it, { rule, bucket, until: end(it, keep, options.zone) });
      } else if (keep > 0 && hits.has(it.backup.id)) hit(it, { rule, bucket });
      else if (slots-- > 0) hit(it, { rule, bucket });
    }
  }
  return hits;
}

/** The newest of each bucket, newest bucket first. */
export function newestByBucket<B extends RetentionBackup>(
  newestFirst: readonly DatedBackup<B>[],
  period: Period,
): ReadonlyMap<string, DatedBackup<B>> {
  const newest = new Map<string, DatedBackup<B>>();
  for (const it of newestFirst) {
    const bucket = bucketOf(it.taken, period);
    if (!newest.has(bucket)) newest.set(bucket, it);
  }
  return newest;
}

/** The period of the calendar that a time lies in; a repeated hour counts as two. */
export function bucketOf(time: Temporal.ZonedDateTime, period: Period): string {
  switch (period) {
    case "hourly":
      return `${time.toPlainDate()} ${String(time.hour).padStart(2, "0")}:00${time.offset}`;
    case "daily":
      return time.toPlainDate().toString();
    case "weekly":
      return `${time.yearOfWeek}-W${String(time.weekOfYear).padStart(2, "0")}`;
    case "monthly":
      return time.toPlainDate().toString().slice(0, -"-dd".length);
    case "yearly":
      return String(time.year);
  }
}

function cutoffOf(span: Temporal.Duration, { anchor, zone }: RuleOptions): Temporal.Instant {
  return anchor.toZonedDateTimeISO(zone).subtract(span).toInstant();
}

function end<B extends RetentionBackup>(
  it: DatedBackup<B>,
  span: Temporal.Duration,
  zone: string,
): Temporal.Instant {
  return it.aged.toZonedDateTimeISO(zone).add(span).toInstant();
}
