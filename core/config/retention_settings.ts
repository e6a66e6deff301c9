/**
 * The keys of a retention policy in the configuration.
 *
 * @module
 */

import * as v from "valibot";
import { duration, help, size, whole, zone } from "./setting_kinds.ts";

/** A retention policy as the configuration has it. */
export interface RetentionSettings {
  readonly keepLast?: number | undefined;
  readonly keepWithin?: string | undefined;
  readonly keepHourly?: number | undefined;
  readonly keepDaily?: number | undefined;
  readonly keepWeekly?: number | undefined;
  readonly keepMonthly?: number | undefined;
  readonly keepYearly?: number | undefined;
  readonly maxCount?: number | undefined;
  readonly maxAgeDays?: number | undefined;
  readonly maxTotalSize?: string | undefined;
  readonly minKeep?: number | undefined;
  readonly zone?: string | undefined;
}

const count = whole(0, 100_000);

/** The definition of a retention policy. */
export const retentionSettings: v.GenericSchema<RetentionSettings> = help(
  v.pipe(
    v.strictObject({
      keepLast: v.optional(help(count, "Keeps the newest backups, this many.")),
      keepWithin: v.optional(help(duration(), "Keeps every backup younger than this.")),
      keepHourly: v.optional(help(count, "Keeps one backup an hour, for this many hours.")),
      keepDaily: v.optional(help(count, "Keeps one backup a day, for this many days.")),
      keepWeekly: v.optional(help(count, "Keeps one backup an ISO week, for this many weeks.")),
      keepMonthly: v.optional(help(count, "Keeps one backup a month, for this many months.")),
      keepYearly: v.optional(help(count, "Keeps one backup a year, for this many years.")),
      maxCount: v.optional(help(whole(1, 100_000), "Keeps at most this many backups.")),
      maxAgeDays: v.optional(
        help(whole(1, 100_000), "Keeps no backup older than this many days."),
      ),
      maxTotalSize: v.optional(help(size(), "Keeps at most this much, all backups together.")),
      minKeep: v.optional(
        help(whole(1, 1_000), "Never leaves fewer good backups than this; 3 by default."),
      ),
      zone: v.optional(
        help(zone(), "The zone whose calendar the rules follow; the system's by default."),
      ),
    }, "an object with a retention policy"),
    v.check(
      (policy) => Object.keys(policy).some((key) => /^(keep|max)/.test(key)),
      'a policy with at least one rule, such as { "keepDaily": 7 }',
    ),
  ),
  "Which backups are kept. By default: every one of the last 24 hours, one a day for 7 days, " +
    "one a week for 30 days, at most 15.",
);
