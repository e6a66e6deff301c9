/**
 * Waiting that a signal ends early.
 *
 * @module
 */

import { systemTimers } from "../core/timers.ts";

/** Waits so many milliseconds, or until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await systemTimers.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
