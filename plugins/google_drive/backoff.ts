/**
 * Waiting longer after each failure.
 *
 * @module
 */

import { TargetError } from "../../core/extend/target_error.ts";
import type { DriveRuntime } from "./runtime.ts";

/**
 * Waits of more than this, all together and without progress, are left to whoever
 * called: after a minute without progress a target is given up.
 */
const longestWaitMs = 45_000;

/**
 * The waits between the attempts of one thing: 1, 2, 4, 8, 16 s with jitter, or
 * what the server asked for, as Google wants it
 * (https://developers.google.com/workspace/drive/api/guides/limits#exponential).
 */
export class Backoff {
  readonly #runtime: Pick<DriveRuntime, "sleep" | "random">;
  readonly #attempts: number;
  #failures = 0;
  #waitedMs = 0;

  /** Gives up after so many failures in a row. */
  constructor(runtime: Pick<DriveRuntime, "sleep" | "random">, attempts = 6) {
    this.#runtime = runtime;
    this.#attempts = attempts;
  }

  /** It goes forward: the next failure is the first again. */
  progressed(): void {
    this.#failures = 0;
    this.#waitedMs = 0;
  }

  /** Waits before the next attempt, or throws the error where there is none. */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!(error instanceof TargetError) || error.kind !== "unavailable") throw error;
    this.#failures++;
    const own = 1000 * 2 ** (this.#failures - 1) * (0.5 + this.#runtime.random() / 2);
    const wait = Math.max(own, error.retryAfterMs ?? 0);
    this.#waitedMs += wait;
    if (this.#failures >= this.#attempts || this.#waitedMs > longestWaitMs) throw error;
    await this.#runtime.sleep(wait, signal);
  }
}
