/**
 * What a retention policy may say, what holds by default, and its check.
 *
 * @module
 */

import { readByteSize } from "../words/byte_size.ts";
import { readDuration } from "../words/duration_expression.ts";
import { HoldfastError } from "../errors.ts";
import { nearestWord } from "../extend/nearest_word.ts";

/** How many periods one backup each is kept of, or for how long: `7`, `"30d"`. */
export type KeepAmount = number | string;

/**
 * What to keep. Where no `keep…` is given, everything is kept up to the limits. A policy
 * stands as it is written: nothing of the default is mixed in but `minKeep`.
 */
export interface RetentionPolicy {
  /** The newest so many good backups. */
  readonly keepLast?: number | undefined;
  /** Every good backup this young: `"24h"`, `"7d"`, `"P1M"`. */
  readonly keepWithin?: string | undefined;
  /** One an hour. */
  readonly keepHourly?: KeepAmount | undefined;
  /** One a day. */
  readonly keepDaily?: KeepAmount | undefined;
  /** One an ISO week. */
  readonly keepWeekly?: KeepAmount | undefined;
  /** One a month. */
  readonly keepMonthly?: KeepAmount | undefined;
  /** One a year. */
  readonly keepYearly?: KeepAmount | undefined;
  /** At most so many. Pinned, safety and dated (`expiresAt`) backups do not count. */
  readonly maxCount?: number | undefined;
  /** None older than so many days. */
  readonly maxAgeDays?: number | undefined;
  /** The same as `maxAgeDays`, by the name that many know. */
  readonly retentionDays?: number | undefined;
  /** At most so many bytes in all: a number, or `"10GB"`. */
  readonly maxTotalSize?: number | string | undefined;
  /** Never fewer good ones than this (3). */
  readonly minKeep?: number | undefined;
}

/** A period of the calendar, finest first. */
export type Period = "hourly" | "daily" | "weekly" | "monthly" | "yearly";

/** A policy that was checked, as the plan uses it. */
export interface RetentionRules {
  /** So many of the newest stay. */
  readonly keepLast: number;
  /** All of this span stay. */
  readonly keepWithin: Temporal.Duration | undefined;
  /** Finest first. */
  readonly periods: readonly {
    readonly period: Period;
    readonly keep: number | Temporal.Duration;
  }[];
  /** No `keep…` is given: everything stays, up to the limits. */
  readonly keepAll: boolean;
  /** At most so many. */
  readonly maxCount: number | undefined;
  /** None older than this. */
  readonly maxAgeDays: number | undefined;
  /** At most so many bytes in all. */
  readonly maxTotalSize: number | undefined;
  /** Never fewer good ones. */
  readonly minKeep: number;
}

/** Where backups lie, as far as the default depends on it. */
export type RetentionPlace = "local" | "target" | "google-drive";

const maxCounts: Readonly<Record<RetentionPlace, number>> = {
  local: 15,
  target: 30,
  "google-drive": 50,
};

/**
 * The policy that holds where none is set: everything of the last 24 hours, one a day for
 * 7 days, one a week for 30 days, nothing older; at most 15 in the backup directory, 30 on
 * a target, 50 on Google Drive.
 */
export function defaultRetention(place: RetentionPlace = "local"): RetentionPolicy {
  return {
    keepWithin: "24h",
    keepDaily: "7d",
    keepWeekly: "30d",
    maxCount: maxCounts[place],
  };
}

const periods: readonly { readonly period: Period; readonly key: keyof RetentionPolicy }[] = [
  { period: "hourly", key: "keepHourly" },
  { period: "daily", key: "keepDaily" },
  { period: "weekly", key: "keepWeekly" },
  { period: "monthly", key: "keepMonthly" },
  { period: "yearly", key: "keepYearly" },
];
const keepKeys = ["keepLast", "keepWithin", ...periods.map(({ key }) => key)];
/** Every key of a policy. */
export const retentionKeys: readonly string[] = [
  ...keepKeys,
  "maxCount",
  "maxAgeDays",
  "retentionDays",
  "maxTotalSize",
  "minKeep",
];

/**
 * Checks a policy from anywhere (a file, a form, an application) and reads its texts.
 *
 * @param value The policy.
 * @param at Where it stands in the configuration, for the messages.
 * @throws HoldfastError `CONFIG_INVALID` for an unknown key, a value that makes no sense,
 * an empty policy and one that keeps nothing.
 */
export function readRetentionPolicy(value: unknown, at = "retention"): RetentionRules {
  const policy = fields(value, at);
  const given = (key: string): boolean => policy[key] !== undefined;
  const whole = (key: string, least: number, most: number): number | undefined =>
    given(key) ? wholeNumber(policy[key], { key: `${at}.${key}`, least, most }) : undefined;
  const rules: RetentionRules = {
    keepLast: whole("keepLast", 0, 100_000) ?? 0,
    keepWithin: given("keepWithin")
      ? duration(policy["keepWithin"], `${at}.keepWithin`, 'a duration like "24h"')
      : undefined,
    periods: periods.filter(({ key }) => given(key)).map(({ period, key }) => ({
      period,
      keep: keepAmount(policy[key], `${at}.${key}`),
    })),
    keepAll: !keepKeys.some(given),
    maxCount: whole("maxCount", 1, 1_000_000),
    maxAgeDays: whole("maxAgeDays", 1, 36_500) ?? whole("retentionDays", 1, 36_500),
    maxTotalSize: given("maxTotalSize")
      ? totalSize(policy["maxTotalSize"], `${at}.maxTotalSize`)
      : undefined,
    minKeep: whole("minKeep", 1, 1000) ?? 3,
  };
  refuseContradictions(rules, policy, at);
  return rules;
}

function fields(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    refuse(at, value, 'an object like { "keepDaily": 7 }');
  }
  const policy = Object.fromEntries(Object.entries(value));
  for (const key of Object.keys(policy)) {
    if (retentionKeys.includes(key)) continue;
    const near = nearestWord(key, retentionKeys);
    throw new HoldfastError("CONFIG_INVALID", `Cannot use "${at}.${key}": there is no such key`, {
      hint: near === undefined
        ? `The keys are ${retentionKeys.join(", ")}.`
        : `Did you mean "${near}"?`,
    });
  }
  return policy;
}

function refuseContradictions(
  rules: RetentionRules,
  policy: Readonly<Record<string, unknown>>,
  at: string,
): void {
  const { maxAgeDays, retentionDays } = policy;
  if (maxAgeDays !== undefined && retentionDays !== undefined && maxAgeDays !== retentionDays) {
    refuse(`${at}.retentionDays`, retentionDays, `the same as maxAgeDays (${maxAgeDays}), or one`);
  }
  if (rules.maxCount !== undefined && rules.maxCount < rules.minKeep) {
    refuse(`${at}.maxCount`, rules.maxCount, `at least minKeep (${rules.minKeep}), or set minKeep`);
  }
  const limited = rules.maxCount ?? rules.maxAgeDays ?? rules.maxTotalSize;
  const keeps = rules.keepAll
    ? limited !== undefined
    : rules.keepLast > 0 || rules.keepWithin?.blank === false ||
      rules.periods.some(({ keep }) => typeof keep === "number" ? keep > 0 : !keep.blank);
  if (keeps) return;
  throw new HoldfastError("CONFIG_INVALID", `Cannot use "${at}": it says nothing to keep`, {
    hint: 'Set for example "keepWithin": "24h", "keepDaily": 7 and "keepWeekly": 4.',
  });
}

function wholeNumber(
  value: unknown,
  wanted: { readonly key: string; readonly least: number; readonly most: number },
): number {
  const { key, least, most } = wanted;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  return refuse(key, value, `a whole number from ${least} to ${most}`);
}

function duration(value: unknown, key: string, wanted: string): Temporal.Duration {
  const read = typeof value === "string" ? readDuration(value) : undefined;
  return read ?? refuse(key, value, wanted);
}

function keepAmount(value: unknown, key: string): number | Temporal.Duration {
  if (typeof value === "number") return wholeNumber(value, { key, least: 0, most: 100_000 });
  return duration(value, key, 'a whole number, or a duration like "30d"');
}

function totalSize(value: unknown, key: string): number {
  const bytes = typeof value === "string" ? readByteSize(value) : value;
  if (typeof bytes === "number" && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  return refuse(key, value, 'bytes above 0, as a number or like "10GB"');
}

function refuse(key: string, value: unknown, wanted: string): never {
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new HoldfastError("CONFIG_INVALID", `Cannot use ${shown} for "${key}"`, {
    hint: `It must be ${wanted}.`,
  });
}
