/**
 * Waiting longer after each failure.
 *
 * @module
 */

import { TargetError } from "../../core/extend/target_error.ts";
import type { DriveRuntime } from "./runtime.ts";

/** Waits of more than this are left to whoever called: the run has other things to do. */
const longestWaitMs = 32_000;

/**
 * The waits between the attempts of one thing: 1, 2, 4, 8, 16 s with jitter, or
 * what the server asked for, as Google wants it
 * (https://developers.google.com/workspace/drive/api/guides/limits#exponential).
 */
export class Backoff {
  readonly #runtime: Pick<DriveRuntime, "sleep" | "random">;
  readonly #attempts: number;
  #failures = 0;

  /** Gives up after so many failures in a row. */
  constructor(runtime: Pick<DriveRuntime, "sleep" | "random">, attempts = 6) {
    this.#runtime = runtime;
    this.#attempts = attempts;
  }

  /** It goes forward: the next failure is the first again. */
  progressed(): void {
    this.#failures = 0;
  }

  /** Waits before the next attempt, or throws the error where there is none. */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!(error instanceof TargetError) || error.kind !== "unavailable") throw error;
    this.#failures++;
    const asked = error.retryAfterMs ?? 0;
    if (this.#failures >= this.#attempts || asked > longestWaitMs) throw error;
    const own = 1000 * 2 ** (this.#failures - 1) * (0.5 + this.#runtime.random() / 2);
    await this.#runtime.sleep(Math.max(own, asked), signal);
  }
}
