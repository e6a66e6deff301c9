/**
 * What single values do not show: a policy that keeps nothing, a schedule that never
 * comes. Asked of those who act on them.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { readRetentionPolicy } from "../retention/retention_policy.ts";
import { readSchedule } from "../schedule/schedule.ts";
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

function settingIssues({ retention, schedule, targets }: GivenSettings, at: string): ConfigIssue[] {
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
    ...(schedule === undefined ? [] : issueOf(
      `${at}schedule`,
      () => readSchedule(schedule, { zone: "UTC", at: `${at}schedule` }),
    )),
  ];
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
