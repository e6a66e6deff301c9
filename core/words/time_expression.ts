/**
 * Moments as people write them, for `--at`: `yesterday 18:00`, `2h ago`, `2026-01-02 10:00`.
 *
 * @module
 */

import { readDuration } from "./duration_expression.ts";
import { HoldfastError } from "../errors.ts";

/** What a moment is told relative to. */
export interface TimeExpressionOptions {
  /** The present instant. */
  readonly now: Temporal.Instant;
  /** The IANA name of the zone of the person who wrote it. */
  readonly zone: string;
}

/**
 * The instant that a text means, in the person's zone:
 *
 * - `now`; `2h ago`, `3 days ago`, `1h30m ago`
 * - `2026-01-02 10:00`, `today 09:15`, `yesterday 18:00`, `09:15` (today)
 * - `2026-01-02`, `today`, `yesterday`: the end of that day
 * - ISO 8601 with `Z`, an offset or a zone in brackets: that very instant
 *
 * A time to the second means the end of that second, so that the time that a list shows
 * finds its backup. A wall time that a clock change skips is moved on by what was skipped
 * (02:30 becomes 03:30); of one that comes twice the first is meant, and an offset
 * chooses the other.
 *
 * @throws HoldfastError `USAGE` where the text means no moment.
 *
 * @example
 * ```ts
 * import { parseTime } from "@holdfast/holdfast";
 *
 * const now = Temporal.Instant.from("2026-01-03T12:00:00Z");
 * parseTime("yesterday 18:00", { now, zone: "Europe/Berlin" }).toString(); // "2026-01-02T17:00:00Z"
 * ```
 */
export function parseTime(text: string, options: TimeExpressionOptions): Temporal.Instant {
  const here = options.now.toZonedDateTimeISO(options.zone);
  try {
    const instant = read(text.trim().toLowerCase().replace(/\s+/g, " "), here);
    if (instant !== undefined) return instant;
  } catch (error) {
    // Temporal refuses dates that do not exist (30 February) and those beyond its range.
    if (!(error instanceof RangeError)) throw error;
  }
  throw new HoldfastError("USAGE", `Cannot read the time ${JSON.stringify(text)}`, {
    hint: 'Write it like "2026-01-02 10:00", "2026-01-02", "yesterday 18:00", "2h ago" or ' +
      '"2026-01-02T10:00:00Z".',
  });
}

function read(text: string, here: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  if (text === "now") return here.toInstant();
  if (text.endsWith(" ago")) {
    const duration = readDuration(text.slice(0, -" ago".length));
    return duration && here.subtract(duration).toInstant();
  }
  const exact = /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?([z+\-[].*)$/.exec(text);
  if (exact !== null) return readExact(text, exact[1] ?? "");
  const match =
    /^(?:(today|yesterday|\d{4}-\d{2}-\d{2})(?:$|t(?=\d)| at | ))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?$/
      .exec(text);
  if (match === null || text === "") return undefined;
  const [, day = "today", hour, minute, second, fraction = ""] = match;
  const date = readDay(day, here.toPlainDate());
  if (hour === undefined) return endOf(date.toZonedDateTime(here.timeZoneId).add({ days: 1 }));
  const time = Temporal.PlainTime.from(`${hour.padStart(2, "0")}:${minute}:${second ?? "00"}`);
  if (second !== undefined && second > "59") return undefined;
  const moment = date.toZonedDateTime({ timeZone: here.timeZoneId, plainTime: time });
  if (fraction !== "") return moment.add(Temporal.Duration.from(`PT0${fraction}S`)).toInstant();
  return second === undefined ? moment.toInstant() : endOf(moment.add({ seconds: 1 }));
}

function readDay(day: string, today: Temporal.PlainDate): Temporal.PlainDate {
  if (day === "today") return today;
  if (day === "yesterday") return today.subtract({ days: 1 });
  return Temporal.PlainDate.from(day);
}

function readExact(text: string, end: string): Temporal.Instant | undefined {
  const iso = text.toUpperCase().replace(" ", "T");
  if (/^(?:z|[+-]\d{2}:?\d{2})$/.test(end)) return Temporal.Instant.from(iso);
  if (!/^(?:z|[+-]\d{2}:?\d{2})?\[.+\]$/.test(end)) return undefined;
  return Temporal.ZonedDateTime.from(iso, { offset: "use" }).toInstant();
}

function endOf(next: Temporal.ZonedDateTime): Temporal.Instant {
  return next.subtract({ nanoseconds: 1 }).toInstant();
}
