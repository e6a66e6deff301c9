/**
 * The definition of a retention policy in the configuration.
 *
 * @module
 */

import * as v from "valibot";
import type { RetentionPolicy } from "../retention/retention_policy.ts";
import { amount, duration, help, size, whole } from "./setting_kinds.ts";

/** The definition of a retention policy; what its rules mean together is checked by `readRetentionPolicy`. */
export const retentionSettings: v.GenericSchema<RetentionPolicy> = help(
  v.strictObject({
    keepLast: v.optional(help(whole(0, 100_000), "Keeps the newest good backups, this many.")),
    keepWithin: v.optional(help(duration(), "Keeps every good backup younger than this.")),
    keepHourly: v.optional(
      help(amount(), "Keeps one backup an hour, for so many hours or so long."),
    ),
    keepDaily: v.optional(help(amount(), "Keeps one backup a day, for so many days or so long.")),
    keepWeekly: v.optional(
      help(amount(), "Keeps one backup an ISO week, for so many weeks or so long."),
    ),
    keepMonthly: v.optional(
      help(amount(), "Keeps one backup a month, for so many months or so long."),
    ),
    keepYearly: v.optional(
      help(amount(), "Keeps one backup a year, for so many years or so long."),
    ),
    maxCount: v.optional(help(whole(1, 1_000_000), "Keeps at most this many backups.")),
    maxAgeDays: v.optional(help(whole(1, 36_500), "Keeps no backup older than this many days.")),
    retentionDays: v.optional(help(whole(1, 36_500), "The same as maxAgeDays.")),
    maxTotalSize: v.optional(help(size(), "Keeps at most this much, all backups together.")),
    minKeep: v.optional(
      help(whole(1, 1_000), "Never leaves fewer good backups than this; 3 by default."),
    ),
  }, "an object with a retention policy"),
  "Which backups are kept. By default: every one of the last 24 hours, one a day for 7 days, " +
    "one a week for 30 days, at most 15.",
);
