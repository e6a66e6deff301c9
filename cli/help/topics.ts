/**
 * The pages of `holdfast help <topic>`. What they list is taken from the code that uses it.
 *
 * @module
 */

import { defaultRetention } from "../../core/retention/retention_policy.ts";
import { errorCodesOf, exitCodes } from "../exit_code.ts";
import { environmentTopic } from "./environment_topic.ts";
import type { Topic } from "./topic.ts";

const names: Topic = {
  name: "names",
  summary: "how databases and backups are named",
  blocks: [
    {
      text: "A database is named by its path, or by its name in the configuration. Where none is " +
        "named, the configured ones are meant, else the only backup directory here. Of several, " +
        "one that fails hides none of the others: the exit code is then 3.",
    },
    {
      rows: [
        ["latest", "the newest good backup; safety backups are passed over"],
        ["2026-01-02_09-15-00.db", "its file name, or the beginning of it"],
        ["3f2a91c0", "its id, or the beginning of it"],
        ["path/to/file.db", "any file, where restore and its like look into one"],
      ],
    },
    {
      text: "Another moment is named with --at instead (holdfast help times). A name that begins " +
        "with a dash goes behind --.",
    },
    { lines: ["holdfast backup -- -x.db"] },
  ],
};

/** Moments as they may be written; all are tried in the tests. */
export const moments: readonly (readonly [string, string])[] = [
  ["2026-01-02 10:00", "that minute, where you are"],
  ["2026-01-02", "the end of that day"],
  ["yesterday 18:00", "also: today, yesterday, 18:00"],
  ["2h ago", "a span before now"],
  ["2026-01-02T10:00:00Z", "an instant, whatever the zone"],
  ["2026-01-02T10:00[Europe/Berlin]", "the time of a zone"],
];

/** Spans as they may be written. */
export const spans: readonly (readonly [string, string])[] = [
  ["90m", "also: 90 min"],
  ["1h30m", "units from coarse to fine"],
  ["7d", "days and more follow the calendar, also where the clock changes"],
  ["3 months", "also: 3mo"],
  ["P1DT12H", "as ISO 8601 writes it"],
];

const times: Topic = {
  name: "times",
  summary: "how moments and spans are written",
  blocks: [
    { text: "A moment, for --at, --since, --until and --expires:" },
    { rows: moments },
    { text: "restore --at takes the newest good backup that is not younger than the moment." },
    { text: "A span, for --max-age, --every, keepWithin and their like:" },
    { rows: spans },
    { text: "--since, --until and --expires take a span too: so long ago, so long from now." },
  ],
};

const { keepWithin, keepDaily, keepWeekly } = defaultRetention();

const retention: Topic = {
  name: "retention",
  summary: "which backups are kept",
  blocks: [
    {
      text: `Where no policy is set: everything of the last ${keepWithin}, one a day for ` +
        `${keepDaily}, one a week for ${keepWeekly}, nothing older; at most ` +
        `${defaultRetention("local").maxCount} in the backup directory, ` +
        `${defaultRetention("target").maxCount} on a target, ` +
        `${defaultRetention("google-drive").maxCount} on Google Drive.`,
    },
    {
      rows: [
        ["keepLast", "the newest so many good ones"],
        ["keepWithin", "every good one this young"],
        ["keepHourly, keepDaily, keepWeekly, keepMonthly, keepYearly", "one for each such period"],
        ["maxCount, maxAgeDays, retentionDays, maxTotalSize", "limits on top of that"],
        ["minKeep", "never fewer good ones than this (3)"],
      ],
    },
    {
      text:
        "Never deleted: the newest good backup, pinned ones, those with a date to come, those " +
        "known by name only, safety backups for 7 days. A plan that takes more than half of the " +
        "good ones is refused. What is deleted lies in the trash for 7 days.",
    },
    { lines: ["holdfast prune app.db --explain", "holdfast prune app.db --dry-run"] },
  ],
};

const exits: Topic = {
  name: "exit-codes",
  summary: "how the program ends",
  blocks: [
    {
      rows: exitCodes.map(([code, meaning]) => {
        const codes = errorCodesOf(code);
        return [String(code), codes.length === 0 ? meaning : `${meaning}: ${codes.join(", ")}`];
      }),
    },
    { text: "With --json the last line names the code of the error, and what to do." },
  ],
};

const proof: Topic = {
  name: "proof",
  summary: "how far a backup is known to be good",
  blocks: [
    {
      rows: [
        ["stored", "it is there"],
        ["hashed", "its bytes have the SHA-256 of its record"],
        ["checked", "SQLite's integrity check and foreign keys found nothing"],
        ["asserted", "the expected tables and your own SQL assertions hold too"],
        ["drilled", "a real restore into a scratch file worked"],
      ],
    },
    {
      text: "A backup is good from checked on (from hashed where it was taken with --verify " +
        "none). Each proof has a date; holdfast verify and holdfast drill renew it.",
    },
  ],
};

/** Every page, in the order of the list. */
export function allTopics(): readonly Topic[] {
  return [names, times, proof, retention, exits, environmentTopic()];
}
