/**
 * Moments ahead and behind, as options take them.
 *
 * @module
 */

import { readDuration } from "../core/words/duration_expression.ts";
import { HoldfastError } from "../core/errors.ts";
import { parseTime } from "../core/words/time_expression.ts";
import type { Run } from "./session.ts";

/**
 * A moment ahead: a span from now (`90d`) or a time.
 *
 * @throws {HoldfastError} `USAGE` where it is none, or not ahead.
 */
export function parseAhead({ clock }: Pick<Run, "clock">, text: string): Temporal.Instant {
  const now = clock.now();
  const here = now.toZonedDateTimeISO(clock.zone());
  const span = readDuration(text);
  const hint = 'Write a span like "90d" or a date like "2030-12-31".';
  let instant: Temporal.Instant;
  try {
    instant = span === undefined
      ? parseTime(text, { now, zone: clock.zone() })
      : here.add(span).toInstant();
  } catch (cause) {
    if (!(cause instanceof HoldfastError)) throw cause;
    throw new HoldfastError(cause.code, cause.message, { hint, cause });
  }
  if (Temporal.Instant.compare(instant, now) > 0) return instant;
  throw new HoldfastError("USAGE", `Cannot use "${text}": it is not ahead`, { hint });
}

/** A moment behind: a span before now (`7d`), or a time; a day alone is its beginning. */
export function parseSince(run: Pick<Run, "clock">, text: string): Temporal.Instant {
  const isDay = /^\s*(?:today|yesterday|\d{4}-\d{2}-\d{2})\s*$/i.test(text);
  return parseUntil(run, isDay ? `${text.trim()} 00:00` : text);
}

/** The same as an end: a day alone is its end, and what happened on it is in. */
export function parseUntil({ clock }: Pick<Run, "clock">, text: string): Temporal.Instant {
  const now = clock.now();
  const zone = clock.zone();
  const span = readDuration(text);
  if (span !== undefined) return now.toZonedDateTimeISO(zone).subtract(span).toInstant();
  return parseTime(text, { now, zone });
}
