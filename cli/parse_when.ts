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
export function parseAhead({ clock }: Run, text: string): Temporal.Instant {
  const now = clock.now();
  const here = now.toZonedDateTimeISO(clock.zone());
  const span = readDuration(text);
  const instant = span === undefined
    ? parseTime(text, { now, zone: clock.zone() })
    : here.add(span).toInstant();
  if (Temporal.Instant.compare(instant, now) > 0) return instant;
  throw new HoldfastError("USAGE", `Cannot use "${text}": it is not ahead`, {
    hint: 'Write a span like "90d" or a date like "2030-12-31".',
  });
}

/** A moment behind: a span before now (`7d`), or a time; a day alone is its beginning. */
export function parseSince({ clock }: Run, text: string): Temporal.Instant {
  const now = clock.now();
  const zone = clock.zone();
  const span = readDuration(text);
  if (span !== undefined) return now.toZonedDateTimeISO(zone).subtract(span).toInstant();
  const isDay = /^\s*(?:today|yesterday|\d{4}-\d{2}-\d{2})\s*$/i.test(text);
  return parseTime(isDay ? `${text.trim()} 00:00` : text, { now, zone });
}
