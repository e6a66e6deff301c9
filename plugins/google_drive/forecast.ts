/**
 * When the account will be full, seen from how its use grew.
 *
 * @module
 */

import * as v from "valibot";
import type { StateStore } from "../../core/extend/plugin.ts";
import { readAnswer } from "./answer.ts";
import type { DriveRuntime } from "./runtime.ts";

/** The bytes in use at one instant. */
export interface UsageSample {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Bytes that are taken. */
  readonly used: number;
}

/** How the use grows. */
export interface QuotaForecast {
  /** Bytes a day; negative where it shrinks. */
  readonly bytesPerDay: number;
  /** When nothing is left, `undefined` where that is not to be expected. */
  readonly fullAt: Temporal.Instant | undefined;
}

const samplesSchema = v.array(v.object({ at: v.string(), used: v.number() }));
/** Where the samples lie in the store. */
const samplesKey = "usage";
/** One a day is kept, so many days. */
const mostSamples = 60;
/** Fewer days say nothing about the growth. */
const fewestDays = 2;
const dayMs = 86_400_000;

/** Notes the bytes in use, the last of each day. */
export async function recordUsage(
  { state, runtime }: { readonly state: StateStore; readonly runtime: DriveRuntime },
  used: number,
): Promise<void> {
  const at = runtime.now().toString();
  const samples = await loadUsage(state);
  const last = samples.at(-1);
  const before = last?.at.slice(0, 10) === at.slice(0, 10) ? samples.slice(0, -1) : samples;
  if (last?.used === used && before.length < samples.length) return;
  await state.set(samplesKey, JSON.stringify([...before, { at, used }].slice(-mostSamples)));
}

/** What was noted. */
export async function loadUsage(state: StateStore): Promise<readonly UsageSample[]> {
  const text = await state.get(samplesKey);
  return text === undefined
    ? []
    : readAnswer(samplesSchema, JSON.parse(text), "read the kept use of the account");
}

/**
 * Fits a line through the samples (least squares). `undefined` where they span less
 * than two days.
 */
export function forecastQuota(
  samples: readonly UsageSample[],
  free: number | undefined,
): QuotaForecast | undefined {
  const points = samples.map(({ at, used }) => ({
    day: Temporal.Instant.from(at).epochMilliseconds / dayMs,
    used,
  }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.day - first.day < fewestDays) {
    return undefined;
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [day, used] = [mean(points.map((one) => one.day)), mean(points.map((one) => one.used))];
  const spread = points.reduce((sum, one) => sum + (one.day - day) ** 2, 0);
  const slope = points.reduce((sum, one) => sum + (one.day - day) * (one.used - used), 0);
  const bytesPerDay = Math.round(slope / spread);
  const days = free === undefined || bytesPerDay <= 0 ? Infinity : free / bytesPerDay;
  // Beyond ten years it is no forecast any more.
  const fullAt = days > 3650
    ? undefined
    : Temporal.Instant.fromEpochMilliseconds(Math.round((last.day + days) * dayMs));
  return { bytesPerDay, fullAt };
}
