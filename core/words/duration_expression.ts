/**
 * Spans of time as people write them: `4h`, `90m`, `1h30m`, `7 days`, `P1Y2M`.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";

type Unit = "years" | "months" | "weeks" | "days" | "hours" | "minutes" | "seconds";

/** Each unit with its letter in ISO 8601 and how people write it, coarsest first. */
const units: readonly { readonly unit: Unit; readonly iso: string; readonly word: RegExp }[] = [
  { unit: "years", iso: "Y", word: /^(?:y|yr|yrs|years?)$/ },
  { unit: "months", iso: "M", word: /^(?:mo|mon|months?)$/ },
  { unit: "weeks", iso: "W", word: /^(?:w|wk|wks|weeks?)$/ },
  { unit: "days", iso: "D", word: /^(?:d|days?)$/ },
  { unit: "hours", iso: "H", word: /^(?:h|hr|hrs|hours?)$/ },
  { unit: "minutes", iso: "M", word: /^(?:m|min|mins|minutes?)$/ },
  { unit: "seconds", iso: "S", word: /^(?:s|sec|secs|seconds?)$/ },
];
const firstOfClock = 4;

/** Nothing here needs a longer one, and the calendar can still subtract it. */
const longest = Temporal.Duration.from({ years: 1000 });
const anchor = Temporal.PlainDateTime.from("2000-01-01T00:00");

/**
 * A span of time from text; `undefined` where the text is none, is negative or longer
 * than a thousand years. `m` is minutes, `mo` months. Days, weeks, months and years stay
 * what they are in the calendar; only the smallest unit of a clock may have a fraction
 * (`1.5h`). ISO 8601 durations are read too.
 */
export function readDuration(text: string): Temporal.Duration | undefined {
  const iso = /^\s*p/i.test(text) ? text.trim() : isoFromWords(text.trim().toLowerCase());
  if (iso === undefined) return undefined;
  try {
    const duration = Temporal.Duration.from(iso);
    const tooLong = Temporal.Duration.compare(duration, longest, { relativeTo: anchor }) > 0;
    return duration.sign < 0 || tooLong ? undefined : duration;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * A span of time from text, as {@linkcode readDuration} reads it.
 *
 * @throws HoldfastError `USAGE` where the text is none.
 *
 * @example
 * ```ts
 * import { parseDuration } from "@holdfast/holdfast";
 *
 * parseDuration("90m").total("hours"); // 1.5
 * ```
 */
export function parseDuration(text: string): Temporal.Duration {
  const duration = readDuration(text);
  if (duration !== undefined) return duration;
  throw new HoldfastError("USAGE", `Cannot read the duration ${JSON.stringify(text)}`, {
    hint: 'Write it like "4h", "90m", "7d", "2w", "3 months", "1y" or "P1DT12H".',
  });
}

/** A span of time in words: `24 hours`, `1 day 12 hours`. */
export function describeDuration(duration: Temporal.Duration): string {
  const words = units
    .filter(({ unit }) => duration[unit] !== 0)
    .map(({ unit }) => `${duration[unit]} ${duration[unit] === 1 ? unit.slice(0, -1) : unit}`);
  return words.length === 0 ? "0 seconds" : words.join(" ");
}

function isoFromWords(text: string): string | undefined {
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$/.test(text)) return undefined;
  let date = "P";
  let clock = "";
  let last = -1;
  for (const [, amount, word = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const index = units.findIndex((each) => each.word.test(word));
    if (index <= last) return undefined;
    last = index;
    const part = `${amount}${units[index]?.iso}`;
    if (index < firstOfClock) date += part;
    else clock += part;
  }
  return clock === "" ? date : `${date}T${clock}`;
}
