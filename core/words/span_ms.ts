/**
 * A span of time between things that happen again and again.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { parseDuration } from "./duration_expression.ts";

/**
 * Milliseconds of a span such as `4h` or `7d`.
 *
 * @throws {HoldfastError} `USAGE` where it is none, or no time at all.
 */
export function spanMs(text: string): number {
  const ms = parseDuration(text).total({ unit: "milliseconds", relativeTo: "2000-01-01" });
  if (ms > 0) return ms;
  throw new HoldfastError("USAGE", `Cannot use the duration "${text}": it is no time at all`, {
    hint: 'Write it like "4h" or "7d".',
  });
}
