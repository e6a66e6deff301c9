/**
 * The kinds of values that a setting can have. Each carries the words that say
 * what is wanted, so that a refusal names them.
 *
 * @module
 */

import * as v from "valibot";
import { CronPattern } from "croner";
import { readByteSize } from "../words/byte_size.ts";
import { readDuration } from "../words/duration_expression.ts";

/** A line of text, not empty. */
export const text = (wanted = "a text that is not empty") =>
  v.pipe(v.string(wanted), v.nonEmpty(wanted), v.metadata({ kind: "text", wanted }));

/** A path; what it is relative to is said by the setting. */
export const path = (wanted = "a path") =>
  v.pipe(
    v.string(wanted),
    v.nonEmpty(wanted),
    v.check((value) => !value.includes("\0"), "a path without NUL"),
    v.metadata({ kind: "path", wanted }),
  );

/** On or off. */
export const flag = () =>
  v.pipe(
    v.boolean("true or false"),
    v.metadata({ kind: "boolean", wanted: "true or false" }),
  );

/** What is always on: it may be said, and refusing it says why. */
export function alwaysOn(hint: string) {
  return v.pipe(
    v.boolean("true"),
    v.check((value) => value, "true"),
    v.metadata({ kind: "boolean", wanted: "true", hint }),
  );
}

/** A whole number with bounds. */
export function whole(min: number, max: number) {
  const wanted = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(wanted),
    v.integer(wanted),
    v.minValue(min, wanted),
    v.maxValue(max, wanted),
    v.metadata({ kind: "number", wanted }),
  );
}

/** One of a few words. */
export function choice<const Words extends readonly string[]>(words: Words) {
  const wanted = oneOf(words);
  return v.pipe(v.picklist(words, wanted), v.metadata({ kind: "choice", wanted }));
}

/** Several texts. */
export function list(wanted: string) {
  const whole = `a list of ${wanted}`;
  return v.pipe(
    v.array(v.pipe(v.string(whole), v.nonEmpty(whole)), whole),
    v.metadata({ kind: "list", wanted: whole }),
  );
}

/** Several of a few words. */
export function choices<const Words extends readonly string[]>(words: Words) {
  const wanted = `a list of ${oneOf(words)}`;
  return v.pipe(
    v.array(v.picklist(words, wanted), wanted),
    v.metadata({ kind: "list", wanted }),
  );
}

/** A length of time such as `26h`. */
export function duration() {
  const wanted = 'a duration such as "90s", "26h" or "7d"';
  return v.pipe(
    v.string(wanted),
    v.check((value) => readDuration(value) !== undefined, wanted),
    v.metadata({ kind: "duration", wanted }),
  );
}

/** An amount of bytes such as `20GB`. */
export function size() {
  const wanted = 'a number of bytes, or a size such as "500MB" or "20GB"';
  return v.pipe(
    v.union([
      v.pipe(v.number(), v.integer(wanted), v.minValue(1, wanted)),
      v.pipe(v.string(), v.check((value) => (readByteSize(value) ?? 0) > 0, wanted)),
    ], wanted),
    v.metadata({ kind: "size", wanted }),
  );
}

/** A time of day, `HH:MM`. */
export function timeOfDay() {
  const wanted = 'a time of day from "00:00" to "23:59"';
  return v.pipe(
    v.string(wanted),
    v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, wanted),
    v.metadata({ kind: "time", wanted }),
  );
}

/** A window of the day, over midnight where it ends before it begins. */
export function window() {
  const wanted = 'a window of the day such as "09:00-17:30"';
  const time = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
  return v.pipe(
    v.string(wanted),
    v.regex(new RegExp(`^${time}-${time}$`), wanted),
    v.metadata({ kind: "window", wanted }),
  );
}

/** So many periods, or all within a duration. */
export function amount() {
  const wanted = 'a whole number, or a duration such as "30d"';
  return v.pipe(
    v.union([
      v.pipe(
        v.number(),
        v.integer(wanted),
        v.minValue(0, wanted),
        v.maxValue(100_000, wanted),
      ),
      v.pipe(v.string(), v.check((value) => readDuration(value) !== undefined, wanted)),
    ], wanted),
    v.metadata({ kind: "amount", wanted }),
  );
}

/** An IANA time zone. */
export function zone() {
  const wanted = 'an IANA time zone such as "Europe/Berlin"';
  return v.pipe(
    v.string(wanted),
    v.check(isZone, wanted),
    v.metadata({ kind: "zone", wanted }),
  );
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function oneOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

/** Gives a setting its sentence of help. */
export function help<Input, Output>(
  schema: v.GenericSchema<Input, Output>,
  sentence: string,
): v.GenericSchema<Input, Output> {
  return v.pipe(schema, v.description(sentence));
}

/** A cron expression. */
export function cron() {
  const wanted = 'a cron expression such as "0 2 * * *"';
  return v.pipe(
    v.string(wanted),
    v.check(isCron, wanted),
    v.metadata({ kind: "cron", wanted }),
  );
}

function isCron(pattern: string): boolean {
  try {
    new CronPattern(pattern);
    return true;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}
