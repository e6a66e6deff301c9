/**
 * When a schedule runs: next, now, and again after a failure. Pure: the time comes in.
 *
 * @module
 */

import { Cron } from "croner";
import type { CheckedSchedule, QuietWindow } from "./schedule.ts";

/** What {@linkcode nextRuns} may be given. */
export interface RunOptions {
  /** What tells this schedule from others, so that their jitter differs: a catalog's id. */
  readonly seed?: string | undefined;
}

/** What {@linkcode dueRun} is given. */
export interface DueOptions extends RunOptions {
  /** When the last run of the schedule began, whether it failed or not. */
  readonly lastRunAt?: Temporal.Instant | undefined;
  /** Where it never ran: since when it is on; nothing before that is made up. */
  readonly since?: Temporal.Instant | undefined;
  /** The present instant. */
  readonly now: Temporal.Instant;
}

/** A run that is due now. */
export interface DueRun {
  /** When it should have begun. */
  readonly scheduledFor: Temporal.Instant;
}

/** Reading an expression costs far more than asking it. */
const crons = new WeakMap<CheckedSchedule, Cron>();

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * The next instants after `after` at which a schedule runs, with its jitter and its quiet
 * window; none where it is off. A wall time that a clock change skips runs right after the
 * change, one that comes twice runs the first time only.
 *
 * @example
 * ```ts
 * import { nextRuns, readSchedule } from "@holdfast/holdfast";
 *
 * const schedule = readSchedule({ enabled: true }, { zone: "Europe/Berlin" });
 * const after = Temporal.Instant.from("2026-01-03T12:00:00Z");
 * nextRuns(schedule, after, 1)[0]?.toString(); // "2026-01-04T01:00:00Z"
 * ```
 */
export function nextRuns(
  schedule: CheckedSchedule,
  after: Temporal.Instant,
  count: number,
  options: RunOptions = {},
): readonly Temporal.Instant[] {
  if (!schedule.enabled) return [];
  const cron = cronOf(schedule);
  const jitterMs = schedule.jitter.total({ unit: "milliseconds" });
  const shift = (slot: Date): Temporal.Instant => {
    const delay = Math.floor(jitterMs * fraction(`${options.seed ?? ""} ${slot.getTime()}`));
    const moment = Temporal.Instant.fromEpochMilliseconds(slot.getTime() + delay);
    return afterQuiet(moment, schedule);
  };
  const found: Temporal.Instant[] = [];
  // What was put off may come from a slot before `after`.
  const slack = jitterMs + (schedule.quiet === undefined ? 0 : day + 60 * minute);
  let slot = cron.nextRun(new Date(Math.floor(after.epochMilliseconds - slack)));
  let horizon = Infinity;
  while (slot !== null && slot.getTime() <= horizon) {
    const run = shift(slot);
    const isNew = found.every((it) => it.epochMilliseconds !== run.epochMilliseconds);
    if (isNew && Temporal.Instant.compare(run, after) > 0) found.push(run);
    if (found.length >= count && horizon === Infinity) {
      if (slack === 0) break;
      // With jitter a later slot may come earlier than one that was put off.
      horizon = Math.max(...found.map((it) => it.epochMilliseconds));
    }
    slot = cron.nextRun(slot);
  }
  return found.toSorted(Temporal.Instant.compare).slice(0, count);
}

/**
 * The run that is due now, if one is. However many were missed (asleep, off, away), one
 * makes up for all. None begins in the quiet window.
 *
 * A clock that was set back a little waits until it passes the last run; where two or more
 * runs lie between now and a last run in the future, that time was wrong, and one run is
 * due at once.
 */
export function dueRun(schedule: CheckedSchedule, options: DueOptions): DueRun | undefined {
  const { lastRunAt, now } = options;
  if (!schedule.enabled || isQuiet(now, schedule)) return undefined;
  const from = lastRunAt ?? options.since;
  if (from === undefined) return { scheduledFor: now };
  if (Temporal.Instant.compare(from, now) > 0) {
    const [, second] = nextRuns(schedule, now, 2, options);
    const wrong = second !== undefined && Temporal.Instant.compare(second, from) <= 0;
    return wrong ? { scheduledFor: now } : undefined;
  }
  const [next] = nextRuns(schedule, from, 1, options);
  if (next === undefined || Temporal.Instant.compare(next, now) > 0) return undefined;
  return { scheduledFor: next };
}

/**
 * When to try again after so many failures in a row: a minute after the first, then twice
 * as long each time, at most an hour. Where the last attempt lies in the future, because
 * the clock was set back, at once.
 *
 * @param now The present instant; without it a clock that was set back is not noticed.
 */
export function nextAttempt(
  failures: number,
  lastAttemptAt: Temporal.Instant,
  now: Temporal.Instant = lastAttemptAt,
): Temporal.Instant {
  if (Temporal.Instant.compare(lastAttemptAt, now) > 0) return now;
  if (failures <= 0) return lastAttemptAt;
  return lastAttemptAt.add({ minutes: Math.min(2 ** (failures - 1), 60) });
}

function cronOf(schedule: CheckedSchedule): Cron {
  const known = crons.get(schedule) ??
    new Cron(schedule.cron, { timezone: schedule.zone, paused: true });
  crons.set(schedule, known);
  return known;
}

/** Whether now lies in the quiet window of a schedule. */
export function isQuiet(now: Temporal.Instant, schedule: CheckedSchedule): boolean {
  if (schedule.quiet === undefined) return false;
  return isIn(now.toZonedDateTimeISO(schedule.zone).toPlainTime(), schedule.quiet);
}

function isIn(time: Temporal.PlainTime, { from, to }: QuietWindow): boolean {
  const afterFrom = Temporal.PlainTime.compare(time, from) >= 0;
  const beforeTo = Temporal.PlainTime.compare(time, to) < 0;
  return Temporal.PlainTime.compare(from, to) < 0 ? afterFrom && beforeTo : afterFrom || beforeTo;
}

function afterQuiet(moment: Temporal.Instant, schedule: CheckedSchedule): Temporal.Instant {
  const { quiet, zone } = schedule;
  if (quiet === undefined || !isQuiet(moment, schedule)) return moment;
  const here = moment.toZonedDateTimeISO(zone);
  const today = here.toPlainDate();
  const isLater = Temporal.PlainTime.compare(here.toPlainTime(), quiet.to) >= 0;
  const date = isLater ? today.add({ days: 1 }) : today;
  const end = date.toPlainDateTime(quiet.to);
  const first = end.toZonedDateTime(zone).toInstant();
  // In an hour that comes twice the end may have been in its first round.
  if (Temporal.Instant.compare(first, moment) >= 0) return first;
  return end.toZonedDateTime(zone, { disambiguation: "later" }).toInstant();
}

/** A number from 0 to below 1 that depends on the text alone (FNV-1a, 32 bits). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  // The last letters reach the high bits only after some more mixing (murmur3).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
