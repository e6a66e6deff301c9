/**
 * A retention policy in words.
 *
 * @module
 */

import type { KeepAmount, RetentionPolicy } from "../../mod.ts";

/** `everything for 24h; one a day for 7d; at most 15`. */
export function policyWords(policy: RetentionPolicy): string {
  const { keepWithin, keepLast, maxCount, maxAgeDays, retentionDays, maxTotalSize } = policy;
  const each = (word: string, keep: KeepAmount | undefined): string[] =>
    keep === undefined
      ? []
      : [typeof keep === "number" ? `${keep} × one a ${word}` : `one a ${word} for ${keep}`];
  const age = maxAgeDays ?? retentionDays;
  const parts = [
    ...(keepWithin === undefined ? [] : [`everything for ${keepWithin}`]),
    ...(keepLast === undefined ? [] : [`the newest ${keepLast}`]),
    ...each("hour", policy.keepHourly),
    ...each("day", policy.keepDaily),
    ...each("week", policy.keepWeekly),
    ...each("month", policy.keepMonthly),
    ...each("year", policy.keepYearly),
  ];
  const limits = [
    ...(maxCount === undefined ? [] : [`at most ${maxCount}`]),
    ...(age === undefined ? [] : [`none older than ${age} days`]),
    ...(maxTotalSize === undefined ? [] : [`at most ${maxTotalSize} in all`]),
  ];
  return [...(parts.length === 0 ? ["everything"] : parts), ...limits].join("; ");
}
