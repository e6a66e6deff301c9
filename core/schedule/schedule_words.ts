/**
 * A schedule in words.
 *
 * @module
 */

import { describeDuration } from "../words/duration_expression.ts";
import { type CheckedSchedule, type QuietWindow, WEEKDAYS } from "./schedule.ts";

/**
 * A schedule in words: `every day at 02:00 (Europe/Berlin)`; `off` where it is off.
 *
 * @example
 * ```ts
 * import { describeSchedule, readSchedule } from "@holdfast/holdfast";
 *
 * const weekly = readSchedule({ enabled: true, kind: "weekly" }, { zone: "UTC" });
 * describeSchedule(weekly); // "every Sunday at 02:00 (UTC)"
 * ```
 */
export function describeSchedule(schedule: CheckedSchedule): string {
  if (!schedule.enabled) return "off";
  const parts = [`${cronWords(schedule.cron)} (${schedule.zone})`];
  if (!schedule.jitter.blank) parts.push(`up to ${describeDuration(schedule.jitter)} later`);
  if (schedule.quiet !== undefined) parts.push(`not from ${windowWords(schedule.quiet)}`);
  return parts.join(", ");
}

function cronWords(cron: string): string {
  const [minute = "", hour = "", date = "", month = "", weekday = "", more] = cron.trim()
    .split(/\s+/);
  const plain = more === undefined && month === "*" && date === "*";
  const isNumber = /^\d{1,2}$/;
  const two = (text: string): string => text.padStart(2, "0");
  if (plain && isNumber.test(minute) && isNumber.test(hour)) {
    const time = `at ${two(hour)}:${two(minute)}`;
    if (weekday === "*") return `every day ${time}`;
    if (/^[0-7]$/.test(weekday)) {
      const day = WEEKDAYS[Number(weekday) % 7] ?? "";
      return `every ${day.slice(0, 1).toUpperCase()}${day.slice(1)} ${time}`;
    }
  }
  if (plain && weekday === "*" && isNumber.test(minute)) {
    const past = `at ${Number(minute)} minutes past`;
    if (hour === "*") return Number(minute) === 0 ? "every hour" : `every hour, ${past}`;
    const step = /^\*\/(\d{1,2})$/.exec(hour)?.[1];
    if (step !== undefined && 24 % Number(step) === 0) {
      return Number(minute) === 0 ? `every ${step} hours` : `every ${step} hours, ${past}`;
    }
  }
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (plain && weekday === "*" && hour === "*" && step !== undefined && 60 % Number(step) === 0) {
    return `every ${step} minutes`;
  }
  return `by the cron expression "${cron}"`;
}

function windowWords({ from, to }: QuietWindow): string {
  const short = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: "minute" });
  return `${short(from)} to ${short(to)}`;
}
