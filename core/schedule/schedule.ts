/**
 * When backups are due by themselves: what a schedule may say, its defaults and its check.
 *
 * @module
 */

import { Cron } from "croner";
import { readDuration } from "../words/duration_expression.ts";
import { HoldfastError } from "../errors.ts";
import { nearestWord } from "../extend/nearest_word.ts";

/** A day of the week, in English. */
export type Weekday =
  | "monday"
  | "tuesday"
  | "wednesday"
  | "thursday"
  | "friday"
  | "saturday"
  | "sunday";

/** When backups are taken by themselves. Everything may be left out. */
export interface Schedule {
  /** Off by default. */
  readonly enabled?: boolean | undefined;
  /** `daily` by default, `cron` where an expression is given. */
  readonly kind?: "daily" | "weekly" | "cron" | undefined;
  /** The wall time of `daily` and `weekly`: `"02:00"` by default. */
  readonly at?: string | undefined;
  /** The day of `weekly`: `sunday` by default. */
  readonly day?: Weekday | undefined;
  /** Five fields, or six with seconds first, or `@hourly`, `@daily` and the like. */
  readonly cron?: string | undefined;
  /** The IANA name of the zone; that of the machine by default. */
  readonly zone?: string | undefined;
  /** A run starts up to this much later, to spread load: `"10m"`. At most a day. */
  readonly jitter?: string | undefined;
  /** No run starts in this window of the day, it waits for its end: `"09:00-17:30"`. */
  readonly quiet?: string | undefined;
  /** Beside the schedule, for the policy: none older than so many days. */
  readonly retentionDays?: number | undefined;
}

/** A schedule that was checked, with everything filled in. */
export interface CheckedSchedule {
  /** Whether backups happen by themselves. */
  readonly enabled: boolean;
  /** Each day, each week, or by a cron expression. */
  readonly kind: "daily" | "weekly" | "cron";
  /** The time of day: `02:00`. */
  readonly at: string;
  /** The day of a weekly one. */
  readonly day: Weekday;
  /** What holds, as a cron expression. */
  readonly cron: string;
  /** IANA name of the time zone. */
  readonly zone: string;
  /** It begins by up to so much later. */
  readonly jitter: Temporal.Duration;
  /** Hours in which none begins. */
  readonly quiet: QuietWindow | undefined;
  /** Days that scheduled backups are kept. */
  readonly retentionDays: number | undefined;
}

/** A window of the day, over midnight where it ends before it begins. */
export interface QuietWindow {
  /** When it begins. */
  readonly from: Temporal.PlainTime;
  /** When it ends; earlier than `from` where it spans midnight. */
  readonly to: Temporal.PlainTime;
}

/** The days of the week, Sunday first, as cron counts them. */
export const WEEKDAYS: readonly Weekday[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
];

const kinds = ["daily", "weekly", "cron"] as const;
const keys: readonly (keyof Schedule)[] = [
  "enabled",
  "kind",
  "at",
  "day",
  "cron",
  "zone",
  "jitter",
  "quiet",
  "retentionDays",
];

/** What {@linkcode readSchedule} is given beside the schedule. */
export interface ReadScheduleOptions {
  /** The zone where the schedule names none. */
  readonly zone: string;
  /** Where it stands in the configuration, for the messages. */
  readonly at?: string | undefined;
}

/**
 * Checks a schedule from anywhere and fills in what it leaves out.
 *
 * @throws HoldfastError `CONFIG_INVALID` for an unknown key, an impossible time, zone or
 * cron expression, each by its name.
 *
 * @example
 * ```ts
 * import { readSchedule } from "@holdfast/holdfast";
 *
 * readSchedule({ enabled: true, at: "03:30" }, { zone: "Europe/Berlin" }).cron; // "30 3 * * *"
 * ```
 */
export function readSchedule(value: unknown, options: ReadScheduleOptions): CheckedSchedule {
  const name = options.at ?? "schedule";
  const given = fields(value, name);
  const cron = text(given, name, "cron");
  const kind = oneOf(
    `${name}.kind`,
    given["kind"] ?? (cron === undefined ? "daily" : "cron"),
    kinds,
  );
  if (kind === "cron" && cron === undefined) refuse(`${name}.cron`, cron, 'like "0 2 * * *"');
  if (kind !== "cron" && cron !== undefined) {
    refuse(`${name}.cron`, cron, `left out where kind is "${kind}"`);
  }
  const day = oneOf(`${name}.day`, given["day"] ?? "sunday", WEEKDAYS);
  const at = text(given, name, "at") ?? "02:00";
  const time = readTime(at) ?? refuse(`${name}.at`, at, 'a time of the day like "02:00"');
  const zone = text(given, name, "zone") ?? options.zone;
  if (!isZone(zone)) refuse(`${name}.zone`, zone, 'a zone of the IANA list like "Europe/Berlin"');
  const days = kind === "weekly" ? WEEKDAYS.indexOf(day) : "*";
  const checked: CheckedSchedule = {
    enabled: flag(given["enabled"], `${name}.enabled`),
    kind,
    at,
    day,
    cron: cron ?? `${time.minute} ${time.hour} * * ${days}`,
    zone,
    jitter: jitter(text(given, name, "jitter"), `${name}.jitter`),
    quiet: quietWindow(text(given, name, "quiet"), `${name}.quiet`),
    retentionDays: retentionDays(given["retentionDays"], `${name}.retentionDays`),
  };
  refuseDeadCron(checked, `${name}.cron`);
  return checked;
}

function fields(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    refuse(name, value, 'an object like { "enabled": true, "at": "02:00" }');
  }
  const given = Object.fromEntries(Object.entries(value));
  for (const key of Object.keys(given)) {
    if (keys.some((known) => known === key)) continue;
    const near = nearestWord(key, keys);
    throw new HoldfastError("CONFIG_INVALID", `Cannot use "${name}.${key}": there is no such key`, {
      hint: near === undefined ? `The keys are ${keys.join(", ")}.` : `Did you mean "${near}"?`,
    });
  }
  return given;
}

function refuseDeadCron(schedule: CheckedSchedule, name: string): void {
  try {
    const cron = new Cron(schedule.cron, { timezone: schedule.zone, paused: true });
    // A fixed moment, so that the answer does not depend on the day of asking.
    const [first, second] = cron.nextRuns(2, new Date(0));
    if (first !== undefined) {
      const gap = second === undefined ? Infinity : second.getTime() - first.getTime();
      if (gap >= 60_000) return;
      refuse(name, schedule.cron, "a cron expression that runs at most once a minute");
    }
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    const { message } = cause instanceof Error ? cause : new Error(String(cause));
    throw new HoldfastError("CONFIG_INVALID", `Cannot use "${schedule.cron}" for "${name}"`, {
      hint: `It must be a cron expression like "0 2 * * *". (${message})`,
      cause,
    });
  }
  refuse(name, schedule.cron, "a cron expression with a date that exists");
}

function text(
  given: Readonly<Record<string, unknown>>,
  name: string,
  key: keyof Schedule,
): string | undefined {
  const value = given[key];
  if (value === undefined || typeof value === "string") return value;
  return refuse(`${name}.${key}`, value, "a text");
}

function oneOf<Word extends string>(key: string, value: unknown, known: readonly Word[]): Word {
  const found = known.find((word) => word === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? nearestWord(value, known) : undefined;
  const wanted = `one of ${known.join(", ")}`;
  return refuse(key, value, near === undefined ? wanted : `${wanted}, perhaps "${near}"`);
}

function readTime(text: string): Temporal.PlainTime | undefined {
  return /^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(text)
    ? Temporal.PlainTime.from(text.padStart("00:00".length, "0"))
    : undefined;
}

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function flag(value: unknown, key: string): boolean {
  if (value === undefined) return false;
  return typeof value === "boolean" ? value : refuse(key, value, "true or false");
}

function jitter(text: string | undefined, key: string): Temporal.Duration {
  const read = readDuration(text ?? "0s");
  const clock = read !== undefined && read.years + read.months + read.weeks === 0;
  if (!clock || read.total({ unit: "hours" }) > 24) {
    return refuse(key, text, 'a duration of at most a day like "10m"');
  }
  return read;
}

function quietWindow(text: string | undefined, key: string): QuietWindow | undefined {
  if (text === undefined) return undefined;
  const [from, to, ...rest] = text.split(/\s*[-–]\s*/).map(readTime);
  if (from === undefined || to === undefined || rest.length > 0 || from.equals(to)) {
    return refuse(key, text, 'a window of the day like "09:00-17:30"');
  }
  return { from, to };
}

function retentionDays(value: unknown, key: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 36_500) {
    return value;
  }
  return refuse(key, value, "a whole number from 1 to 36500");
}

function refuse(key: string, value: unknown, wanted: string): never {
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value) ?? "nothing";
  throw new HoldfastError("CONFIG_INVALID", `Cannot use ${shown} for "${key}"`, {
    hint: `It must be ${wanted}.`,
  });
}
