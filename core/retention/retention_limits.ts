/**
 * What goes when a policy's limits are exceeded, and in which order.
 *
 * @module
 */

import type { RetentionRules } from "./retention_policy.ts";
import type { PolicyRule } from "./retention_rules.ts";

/** A backup that the rules keep and that counts towards the limits. */
export interface CountedBackup {
  readonly id: string;
  readonly size: number;
  readonly aged: Temporal.Instant;
  /** The rules of the policy that keep it. */
  readonly rules: readonly PolicyRule[];
  /** A floor holds it: it counts, and stays. */
  readonly held: boolean;
}

/** What {@linkcode excessOf} is given beside the backups. */
export interface LimitOptions {
  readonly rules: RetentionRules;
  /** Ages are measured from here. */
  readonly anchor: Temporal.Instant;
  readonly zone: string;
  /** Bytes of what stays outside the count: pinned, safety and dated backups. */
  readonly otherBytes: number;
}

/** The limit that a backup exceeds. */
export type Limit = "maxAgeDays" | "maxCount" | "maxTotalSize";

/** A backup falls in the order of the coarsest rule that keeps it. */
const rank: readonly PolicyRule[] = [
  "keepWithin",
  "keepLast",
  "keepAll",
  "keepHourly",
  "keepDaily",
  "keepWeekly",
  "keepMonthly",
  "keepYearly",
];

/**
 * The backups that a limit takes, by id. What is too old goes first; then, while there are
 * too many or too much, what only `keepWithin` keeps, then what only finer rules keep, the
 * oldest first: a busy day cannot push out the weeks.
 *
 * @param counted Newest first.
 */
export function excessOf(
  counted: readonly CountedBackup[],
  options: LimitOptions,
): ReadonlyMap<string, Limit> {
  const { rules } = options;
  const gone = new Map<string, Limit>();
  if (rules.maxAgeDays !== undefined) {
    const here = options.anchor.toZonedDateTimeISO(options.zone);
    const cutoff = here.subtract({ days: rules.maxAgeDays }).toInstant();
    for (const it of counted) {
      if (!it.held && Temporal.Instant.compare(it.aged, cutoff) < 0) gone.set(it.id, "maxAgeDays");
    }
  }
  const left = counted.filter((it) => !gone.has(it.id));
  const queue = left.toReversed().filter((it) => !it.held)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  let count = left.length;
  let bytes = left.reduce((sum, it) => sum + it.size, options.otherBytes);
  for (const it of queue) {
    const tooMany = rules.maxCount !== undefined && count > rules.maxCount;
    const tooMuch = rules.maxTotalSize !== undefined && bytes > rules.maxTotalSize;
    if (!tooMany && !tooMuch) break;
    gone.set(it.id, tooMany ? "maxCount" : "maxTotalSize");
    count--;
    bytes -= it.size;
  }
  return gone;
}

function rankOf(it: CountedBackup): number {
  return Math.max(...it.rules.map((rule) => rank.indexOf(rule)));
}
