/**
 * Trying a part again, so that one lost connection does not end a long upload.
 *
 * @module
 */

import { retryDelay, sleep, TargetError } from "../../core/extend/mod.ts";

/** Tries of one part. */
const attempts = 3;

/** Runs a step; what is only unavailable is tried twice more, after a while. */
export async function retriedPart<Result>(
  step: () => Promise<Result>,
  signal: AbortSignal,
  pause: (ms: number, signal: AbortSignal) => Promise<void> = sleep,
): Promise<Result> {
  for (let attempt = 2;; attempt++) {
    try {
      return await step();
    } catch (error) {
      signal.throwIfAborted();
      const again = error instanceof TargetError && error.kind === "unavailable";
      if (!again || attempt > attempts) throw error;
      await pause(retryDelay(attempt, error, { firstDelayMs: 250 }), signal);
    }
  }
}
