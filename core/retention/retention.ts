/**
 * Decides which backups to keep. Pure: it reads no disk and no clock, and deletes nothing.
 *
 * @module
 */

import { isGood } from "../artifact/backup_record.ts";
import type { ErrorCode } from "../errors.ts";
import { floorsOf, isExpired } from "./retention_floors.ts";
import { excessOf, type Limit } from "./retention_limits.ts";
import {
  readRetentionPolicy,
  type RetentionPolicy,
  type RetentionRules,
} from "./retention_policy.ts";
import { hitsOf, newestByBucket } from "./retention_rules.ts";
import { type RetentionBackup, type Timeline, timeline } from "./retention_timeline.ts";
import {
  type DeletedBackup,
  deleteVerdict,
  keepVerdict,
  type KeptBackup,
  type RetentionCase,
} from "./retention_verdict.ts";
import { type KeepRule, keepSentence } from "./retention_words.ts";

/** What to keep and what to delete in one place, newest first. */
export interface RetentionPlan<B extends RetentionBackup> {
  /** What stays. */
  readonly keep: readonly KeptBackup<B>[];
  /** What goes. */
  readonly delete: readonly DeletedBackup<B>[];
  /** Good backups before. */
  readonly goodBefore: number;
  /** Good backups after. */
  readonly goodAfter: number;
  /** Bytes that the plan frees. */
  readonly freedBytes: number;
  /** It removes more than half of the good backups: to be refused unless told otherwise. */
  readonly massDelete: boolean;
  /** The failure that suspends pruning: then nothing is to be deleted. */
  readonly suspended?: ErrorCode | undefined;
}

/** What a plan may know beside the backups. */
export interface PlanOptions {
  /** The code of the last run's failure: it suspends pruning, except for `NO_SPACE`. */
  readonly lastFailure?: ErrorCode | undefined;
}

/**
 * Decides for the backups of one place. Ages are measured from the newest good backup, not
 * from now, so that time alone, or a clock that is wrong, deletes nothing. Those in the
 * trash are left out.
 *
 * Floors, after every rule: the newest good backup and the `minKeep` newest stay (safety
 * backups do not count as these), pinned and inferred ones, those with a date to come,
 * safety backups for 7 days. One without proof stays for 7 days, and for as long as no
 * good one is newer. A missing file is no reason to delete its record.
 *
 * @param zone The IANA name of the zone of days, weeks and months.
 * @throws HoldfastError `CONFIG_INVALID` where the policy makes no sense.
 *
 * @example
 * ```ts
 * import { defaultRetention, plan, type RetentionBackup } from "@holdfast/holdfast";
 *
 * const backups: readonly RetentionBackup[] = []; // from the catalog
 * const now = Temporal.Instant.from("2026-01-03T12:00:00Z");
 * const decided = plan(backups, defaultRetention(), now, "Europe/Berlin");
 * for (const { backup, why } of decided.delete) console.log(backup.name, why);
 * ```
 */
export function plan<B extends RetentionBackup>(
  backups: readonly B[],
  policy: RetentionPolicy,
  now: Temporal.Instant,
  zone: string,
  options: PlanOptions = {},
): RetentionPlan<B> {
  const rules = readRetentionPolicy(policy);
  const known = backups.filter((it) => it.deletedAt === null);
  const line = timeline(known, now, zone);
  const { kept, deleted } = decide(line, rules, zone);
  const suspended = options.lastFailure === "NO_SPACE" ? undefined : options.lastFailure;
  const gone = suspended === undefined ? deleted : [];
  const spared = suspended === undefined ? [] : deleted;
  const good = known.filter((it) => it.present && isGood(it)).length;
  const goodLost = gone.filter(({ backup }) => backup.present && isGood(backup)).length;
  return {
    keep: [
      ...line.unclear.map((backup) => keepFor(backup, "clock")),
      ...kept,
      ...spared.map(({ backup }) => keepFor(backup, "suspended")),
    ].toSorted((a, b) => b.backup.sequence - a.backup.sequence),
    delete: gone,
    goodBefore: good,
    goodAfter: good - goodLost,
    freedBytes: gone.reduce((sum, { backup }) => sum + backup.size, 0),
    massDelete: goodLost * 2 > good,
    ...suspended !== undefined && { suspended },
  };
}

function keepFor<B extends RetentionBackup>(backup: B, rule: KeepRule): KeptBackup<B> {
  return { backup, rules: [rule], why: keepSentence(rule) };
}

function decide<B extends RetentionBackup>(
  line: Timeline<B>,
  rules: RetentionRules,
  zone: string,
): { readonly kept: readonly KeptBackup<B>[]; readonly deleted: readonly DeletedBackup<B>[] } {
  const { dated, anchor } = line;
  const floors = floorsOf(line, rules.minKeep);
  const slots = dated.filter((it) => it.good && !it.safety && !isExpired(it.backup, anchor));
  const hits = anchor && hitsOf(slots, { rules, anchor, zone });
  const cases = dated.map((it): RetentionCase<B> => ({
    dated: it,
    holds: floors(it),
    hits: hits?.get(it.backup.id) ?? [],
  }));
  const excess = anchor ? beyondLimits(cases, { rules, anchor, zone }) : new Map<string, Limit>();
  const stays = (it: RetentionCase<B>): boolean =>
    // Without a good backup nothing has an age, and nothing goes.
    anchor === undefined || it.holds.length > 0 ||
    it.hits.length > 0 && !excess.has(it.dated.backup.id);
  const staying = new Set(cases.filter(stays).map((it) => it.dated.backup.id));
  const standing = rules.periods.map(({ period }) =>
    new Set(
      [...newestByBucket(slots, period)]
        .filter(([, it]) => staying.has(it.backup.id)).map(([bucket]) => bucket),
    )
  );
  return {
    kept: cases.filter(stays).map((it) => keepVerdict(it, rules)),
    deleted: cases.filter((it) => !stays(it)).map(({ dated: it }) =>
      deleteVerdict(it, {
        rules,
        limit: excess.get(it.backup.id),
        expired: isExpired(it.backup, anchor),
        standing,
      })
    ),
  };
}

/** Floors that do not take a backup out of the count. */
const counting: readonly KeepRule[] = ["newest", "beforeGap", "minKeep"];

/** Pinned, inferred, dated and safety backups do not count, but their bytes do. */
function beyondLimits<B extends RetentionBackup>(
  cases: readonly RetentionCase<B>[],
  options: {
    readonly rules: RetentionRules;
    readonly anchor: Temporal.Instant;
    readonly zone: string;
  },
): ReadonlyMap<string, Limit> {
  const kept = cases.filter((it) =>
    it.dated.backup.present && it.holds.length + it.hits.length > 0
  );
  const counts = (it: RetentionCase<B>): boolean =>
    it.dated.good && !it.dated.safety &&
    it.holds.every(({ rule }) => counting.includes(rule));
  const counted = kept.filter(counts).map(({ dated: { backup, aged }, holds, hits }) => ({
    id: backup.id,
    size: backup.size,
    aged,
    rules: hits.map(({ rule }) => rule),
    held: holds.length > 0,
  }));
  const otherBytes = kept.filter((it) => !counts(it))
    .reduce((sum, it) => sum + it.dated.backup.size, 0);
  return excessOf(counted, { ...options, otherBytes });
}
