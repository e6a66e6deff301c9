/**
 * What every step that talks to a target has at hand.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { retryingTarget, type RetryOptions } from "../extend/retrying_target.ts";
import type { Target } from "../extend/target.ts";
import type { Report } from "../report.ts";
import type { OpenTarget } from "./open_target.ts";

/** How often and how slowly what failed is tried again; for tests. */
export type TargetRetry = Pick<RetryOptions, "attempts" | "sleep">;

/** What the steps of a job with targets share. */
export interface TargetJob {
  readonly report: Report;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly retry?: TargetRetry | undefined;
}

/** The same for one of them. */
export interface TargetWork extends TargetJob {
  readonly place: OpenTarget;
  /** Tries again what may go well then, and tells. */
  readonly target: Target;
}

/** Some seconds in all: a drive that is not there is not waited for, the next push catches up. */
const ATTEMPTS = 4;

/** Prepares the work with one target. */
export function targetWork(place: OpenTarget, job: TargetJob): TargetWork {
  const target = retryingTarget(place.target, {
    attempts: ATTEMPTS,
    ...job.retry,
    onRetry: ({ attempt, delayMs, error }) =>
      job.report.retrying({
        attempt,
        delayMs,
        message: `Target "${place.name}": ${error.message}`,
      }),
  });
  return { ...job, place, target };
}

/** A signal that may be absent. */
export function signalOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
