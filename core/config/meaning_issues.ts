/**
 * What single values do not show: a policy that keeps nothing, a schedule that never
 * comes. Asked of those who act on them.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { includeMatcher } from "../files/included_files.ts";
import { readRetentionPolicy } from "../retention/retention_policy.ts";
import { readSchedule } from "../schedule/schedule.ts";
import { spanMs } from "../words/span_ms.ts";
import type { ConfigFile } from "./config_file.ts";
import type { ConfigIssue } from "./config_issue.ts";
import type { GivenSettings } from "./given_settings.ts";

/** Everything in a well-formed configuration that makes no sense together. */
export function meaningIssues(file: ConfigFile): readonly ConfigIssue[] {
  return [
    ...settingIssues(file, ""),
    ...Object.entries(file.databases ?? {}).flatMap(([name, entry]) =>
      settingIssues(entry, `databases.${name}.`)
    ),
  ];
}

function settingIssues(settings: GivenSettings, at: string): ConfigIssue[] {
  const { retention, schedule, targets } = settings;
  const policies = [
    [`${at}retention`, retention] as const,
    ...Object.entries(targets ?? {}).map(([name, target]) =>
      [`${at}targets.${name}.retention`, target.retention] as const
    ),
  ];
  return [
    ...policies.flatMap(([key, policy]) =>
      policy === undefined ? [] : issueOf(key, () => readRetentionPolicy(policy, key))
    ),
    ...Object.entries(targets ?? {}).flatMap(([name, { verifyEvery }]) =>
      verifyEvery === undefined
        ? []
        : issueOf(`${at}targets.${name}.verifyEvery`, () => spanMs(verifyEvery))
    ),
    ...fileIssues(settings, at),
    ...(schedule === undefined ? [] : issueOf(
      `${at}schedule`,
      () => readSchedule(schedule, { zone: "UTC", at: `${at}schedule` }),
    )),
  ];
}

/** Rules that lead out of the database's folder, and files that no plain database can hold. */
function fileIssues({ format, include = [], exclude = [], filesQuery }: GivenSettings, at: string) {
  const issues = issueOf(`${at}include`, () => includeMatcher({ include, exclude }));
  if (format !== "db" || (include.length === 0 && filesQuery === undefined)) return issues;
  return [...issues, {
    key: `${at}format`,
    message: 'Cannot include files with the format "db"',
    hint: 'Leave the format away, or make it "zip".',
  }];
}

function issueOf(key: string, read: () => unknown): ConfigIssue[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return [{ key, message: error.message, hint: error.hint }];
  }
}
