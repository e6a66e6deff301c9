/**
 * What a retention policy leads to, in numbers and as a small chart.
 *
 * @module
 */

import { formatByteSize, type SimulatedState } from "../../mod.ts";
import type { State } from "../state/state.ts";
import { counted } from "../text/count.ts";
import { wrap } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";
import { type Span, span } from "./line.tsx";

/** Three lines, or why there is no forecast. */
export function forecastLines(
  { forecast, zone }: State,
  width: number,
): readonly (readonly Span[])[] {
  if (forecast === undefined) return [];
  const { is } = forecast;
  if (is === "working") return [[span("reckoning a year of backups …", "faint")]];
  if ("problem" in is) {
    const { message, hint } = is.problem;
    const text = hint === undefined ? message : `${message}. ${hint}`;
    return wrap(safeText(text), width - 2).map((line) => [span(`✖ ${line}`, "bad")]);
  }
  const bytes = is.months.map((state) => state.bytes);
  return [
    [span("In a week   ", "faint"), span(stateWords(is.week, zone))],
    [span("In a month  ", "faint"), span(stateWords(is.month, zone))],
    [
      span("In a year   ", "faint"),
      span(stateWords(is.year, zone)),
      span("   "),
      span(chart(bytes), "accent"),
    ],
  ];
}

function stateWords({ count, bytes, oldest }: SimulatedState, zone: string): string {
  const day = Temporal.Instant.from(oldest).toZonedDateTimeISO(zone).toPlainDate();
  return `${counted(count, "backup")}, ${formatByteSize(bytes)}, back to ${day}`;
}

const steps = "▁▂▃▄▅▆▇█";

/** A bar for each value, from nothing to the largest. */
export function chart(values: readonly number[]): string {
  const largest = Math.max(1, ...values);
  return values.map((value) => steps[Math.round(value / largest * (steps.length - 1))] ?? "")
    .join("");
}
