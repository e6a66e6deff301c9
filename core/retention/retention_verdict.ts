/**
 * One decision of a retention plan, with its reason in a word and in a sentence.
 *
 * @module
 */

import { formatByteSize } from "../words/byte_size.ts";
import { describeDuration } from "../words/duration_expression.ts";
import type { Hold } from "./retention_floors.ts";
import type { Limit } from "./retention_limits.ts";
import type { RetentionRules } from "./retention_policy.ts";
import { bucketOf, type RuleHit } from "./retention_rules.ts";
import type { DatedBackup, RetentionBackup } from "./retention_timeline.ts";
import {
  type DeleteRule,
  deleteSentence,
  type KeepRule,
  keepSentence,
  type ReasonFacts,
} from "./retention_words.ts";

/** A backup that stays. */
export interface KeptBackup<B extends RetentionBackup> {
  /** The backup, as it was given. */
  readonly backup: B;
  /** Everything that keeps it, what the sentence says first. */
  readonly rules: readonly KeepRule[];
  /** Why, as a sentence without its end. */
  readonly why: string;
  /** When time alone would let it go (ISO 8601, UTC); absent where time alone does not. */
  readonly until?: string | undefined;
}

/** A backup that goes. */
export interface DeletedBackup<B extends RetentionBackup> {
  /** The backup, as it was given. */
  readonly backup: B;
  /** The one rule that lets it go. */
  readonly rule: DeleteRule;
  /** Why, as a sentence without its end. */
  readonly why: string;
}

/** A backup with what keeps it. */
export interface RetentionCase<B extends RetentionBackup> {
  readonly dated: DatedBackup<B>;
  /** The floors. */
  readonly holds: readonly Hold[];
  /** The rules of the policy. */
  readonly hits: readonly RuleHit[];
}

/** Says why a backup stays that something keeps. */
export function keepVerdict<B extends RetentionBackup>(
  { dated, holds, hits }: RetentionCase<B>,
  rules: RetentionRules,
): KeptBackup<B> {
  // What the policy says tells more than that a few newest ones stay anyway.
  const last = holds.filter(({ rule }) => rule === "minKeep");
  const reasons = [...holds.filter(({ rule }) => rule !== "minKeep"), ...hits, ...last];
  const ends = reasons.map(({ until }) => until);
  const until = ends.includes(undefined) ? undefined : latest(ends);
  const [first] = reasons;
  const rule = first?.rule ?? "unproven";
  const bucket = hits.find((hit) => hit === first)?.bucket;
  return {
    backup: dated.backup,
    rules: reasons.map((reason) => reason.rule),
    why: keepSentence(rule, { bucket, amount: amountOf(rule, rules, dated) }),
    ...until !== undefined && { until: until.toString({ smallestUnit: "millisecond" }) },
  };
}

/** Says why a backup goes that nothing keeps, or that a limit takes. */
export function deleteVerdict<B extends RetentionBackup>(
  dated: DatedBackup<B>,
  reason: {
    readonly rules: RetentionRules;
    /** The limit that it exceeds. */
    readonly limit: Limit | undefined;
    /** Its own date is past. */
    readonly expired: boolean;
    /** The buckets whose newest stays, by period. */
    readonly standing: readonly ReadonlySet<string>[];
  },
): DeletedBackup<B> {
  const say = (rule: DeleteRule, facts?: ReasonFacts): DeletedBackup<B> => ({
    backup: dated.backup,
    rule,
    why: deleteSentence(rule, facts),
  });
  const { rules, limit } = reason;
  if (reason.expired) return say("expired", { amount: dated.backup.expiresAt ?? "" });
  if (dated.safety) return say("safety");
  if (!dated.good) return say("unproven");
  if (limit === "maxTotalSize") return say(limit, { amount: formatByteSize(rules[limit] ?? 0) });
  if (limit !== undefined) return say(limit, { amount: String(rules[limit]) });
  for (const [index, { period }] of rules.periods.entries()) {
    const bucket = bucketOf(dated.taken, period);
    if (reason.standing[index]?.has(bucket)) return say("superseded", { bucket });
  }
  return say("outgrown");
}

function amountOf<B extends RetentionBackup>(
  rule: KeepRule,
  rules: RetentionRules,
  dated: DatedBackup<B>,
): string | undefined {
  if (rule === "minKeep" || rule === "keepLast") return String(rules[rule]);
  if (rule === "keepWithin") return rules.keepWithin && describeDuration(rules.keepWithin);
  return rule === "dated" ? dated.backup.expiresAt ?? undefined : undefined;
}

function latest(instants: readonly (Temporal.Instant | undefined)[]): Temporal.Instant | undefined {
  return instants.reduce((a, b) =>
    a !== undefined && b !== undefined && Temporal.Instant.compare(a, b) > 0 ? a : b
  );
}
