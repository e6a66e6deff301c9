/**
 * What a policy would leave over time, if backups were taken at an even pace.
 *
 * @module
 */

import { parseDuration } from "../words/duration_expression.ts";
import { HoldfastError } from "../errors.ts";
import { plan } from "./retention.ts";
import type { RetentionPolicy } from "./retention_policy.ts";
import type { RetentionBackup } from "./retention_timeline.ts";

/** How the backups of a simulation are taken. */
export interface SimulationOptions {
  /** The distance between two: `"4h"`. */
  readonly every: string;
  /** How long it goes on: `"1y"`. */
  readonly for: string;
  /** When the first is taken. */
  readonly start: Temporal.Instant;
  /** The IANA name of the zone of days, weeks and months. */
  readonly zone: string;
  /** Bytes of the first backup. */
  readonly size: number;
  /** Bytes by which the database grows in a day; 0 by default. */
  readonly growth?: number | undefined;
}

/** What would be there at one moment. */
export interface SimulatedState {
  /** The moment, ISO 8601 in UTC. */
  readonly at: string;
  /** How many backups. */
  readonly count: number;
  /** Their bytes in all. */
  readonly bytes: number;
  /** When the oldest was taken, ISO 8601 in UTC. */
  readonly oldest: string;
}

/** What a policy would leave. */
export interface Simulation {
  /** After the last backup of each month of the calendar; the last state is the end. */
  readonly months: readonly SimulatedState[];
  /** At the end. */
  readonly end: SimulatedState;
  /** When the backups were taken that are left at the end, newest first. */
  readonly kept: readonly string[];
  /** The most bytes that lay there at once. */
  readonly peakBytes: number;
  /** How many were taken. */
  readonly taken: number;
}

/** More is not a simulation that ends while somebody looks at it. */
const most = 20_000;

/**
 * Takes backups at an even pace through the real {@linkcode plan} and says what would
 * exist month by month.
 *
 * @throws HoldfastError `CONFIG_INVALID` where the policy makes no sense, `USAGE` where the
 * pace or the span does, or where there would be more than 20,000 backups.
 *
 * @example
 * ```ts
 * import { defaultRetention, simulate } from "@holdfast/holdfast";
 *
 * const { end } = simulate(defaultRetention(), {
 *   every: "12h",
 *   for: "90d",
 *   start: Temporal.Instant.from("2026-01-01T08:00:00Z"),
 *   zone: "Europe/Berlin",
 *   size: 9_200_000,
 * });
 * console.log(end.count, end.bytes, end.oldest);
 * ```
 */
export function simulate(policy: RetentionPolicy, options: SimulationOptions): Simulation {
  const { size, growth = 0, zone } = options;
  const months: SimulatedState[] = [];
  let kept: readonly RetentionBackup[] = [];
  let previous: { readonly month: string; readonly state: SimulatedState } | undefined;
  let peakBytes = 0;
  const moments = momentsOf(options);
  for (const [index, time] of moments.entries()) {
    const instant = time.toInstant();
    const days = (instant.epochMilliseconds - options.start.epochMilliseconds) / 86_400_000;
    const fresh = made(instant, index, Math.max(0, Math.round(size + growth * days)));
    const before = [fresh, ...kept];
    peakBytes = Math.max(peakBytes, bytesOf(before));
    kept = plan(before, policy, instant, zone).keep.map(({ backup }) => backup);
    const month = time.toPlainDate().toPlainYearMonth().toString();
    if (previous !== undefined && previous.month !== month) months.push(previous.state);
    previous = { month, state: stateAt(instant, kept) };
  }
  const end = previous?.state ?? stateAt(options.start, []);
  return {
    months: [...months, end],
    end,
    kept: kept.map(({ createdAt }) => createdAt),
    peakBytes,
    taken: moments.length,
  };
}

function momentsOf(options: SimulationOptions): readonly Temporal.ZonedDateTime[] {
  const every = parseDuration(options.every);
  if (every.blank) {
    throw new HoldfastError(
      "USAGE",
      `Cannot take a backup every ${JSON.stringify(options.every)}`,
      {
        hint: 'Give a distance above zero, like "4h".',
      },
    );
  }
  const start = options.start.toZonedDateTimeISO(options.zone);
  const end = start.add(parseDuration(options.for));
  const moments: Temporal.ZonedDateTime[] = [];
  let time = start;
  // From the start each time, so that the 31st does not become the 28th for ever.
  for (let count = 1; Temporal.ZonedDateTime.compare(time, end) <= 0; count++) {
    if (count > most) {
      throw new HoldfastError("USAGE", `Cannot simulate more than ${most} backups`, {
        hint: "Take a shorter time, or a longer distance.",
      });
    }
    moments.push(time);
    time = start.add(times(every, count));
  }
  return moments;
}

function times(duration: Temporal.Duration, factor: number): Temporal.Duration {
  return Temporal.Duration.from({
    years: duration.years * factor,
    months: duration.months * factor,
    weeks: duration.weeks * factor,
    days: duration.days * factor,
    hours: duration.hours * factor,
    minutes: duration.minutes * factor,
    seconds: duration.seconds * factor,
    milliseconds: duration.milliseconds * factor,
  });
}

function made(instant: Temporal.Instant, sequence: number, size: number): RetentionBackup {
  const createdAt = instant.toString({ smallestUnit: "millisecond" });
  return {
    id: String(sequence),
    name: createdAt,
    reason: "auto:schedule",
    createdAt,
    expiresAt: null,
    pinned: false,
    proof: "checked",
    metadata: {},
    size,
    sequence,
    deletedAt: null,
    present: true,
  };
}

function bytesOf(backups: readonly RetentionBackup[]): number {
  return backups.reduce((sum, it) => sum + it.size, 0);
}

function stateAt(at: Temporal.Instant, backups: readonly RetentionBackup[]): SimulatedState {
  const text = at.toString({ smallestUnit: "millisecond" });
  return {
    at: text,
    count: backups.length,
    bytes: bytesOf(backups),
    oldest: backups.at(-1)?.createdAt ?? text,
  };
}
