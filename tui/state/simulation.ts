/**
 * What a retention policy leads to over time.
 *
 * @module
 */

import type { RetentionPolicy, SimulatedState } from "../../mod.ts";
import type { ListedBackup } from "../../mod.ts";
import type { Problem } from "./problem.ts";

/** A policy to try. */
export interface SimulationRequest {
  /** A key that comes back with the result. */
  readonly of: string;
  readonly policy: RetentionPolicy;
  /** The distance between two backups: `"4h"`. */
  readonly every: string;
  /** Bytes of one backup. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly zone: string;
}

/** What would be there after a week, a month and a year, and month by month; or why not. */
export type Forecast =
  | {
    readonly week: SimulatedState;
    readonly month: SimulatedState;
    readonly year: SimulatedState;
    readonly months: readonly SimulatedState[];
  }
  | { readonly problem: Problem };

/** The usual distance between two backups so far: the middle one of the last 50. */
export function usualPace(backups: readonly ListedBackup[]): string {
  const times = backups.filter(({ reason }) => reason !== "pre-restore").slice(0, 50)
    .map(({ createdAt }) => Temporal.Instant.from(createdAt).epochMilliseconds);
  const gaps = times.slice(1).map((time, at) => (times[at] ?? time) - time).sort((a, b) => a - b);
  const hours = (gaps[Math.floor(gaps.length / 2)] ?? 86_400_000) / 3_600_000;
  // A whole number of hours, as a person would say it; never so many that it takes long.
  return `${Math.min(24 * 7, Math.max(4, Math.round(hours)))}h`;
}
