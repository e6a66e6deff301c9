/**
 * One step of a plugin that may not keep its caller waiting.
 *
 * @module
 */

import { TargetError } from "./target_error.ts";

/** What {@linkcode withinTime} is given. */
export interface TimeLimit {
  /** Milliseconds. */
  readonly ms: number;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
}

/**
 * The result of a step that takes its time, but not more. Its signal is aborted then, and
 * `unavailable` is thrown whether it listens or not. Throws the reason of the signal.
 */
export async function withinTime<Result>(
  { ms, signal }: TimeLimit,
  step: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const both = AbortSignal.any([signal, late.signal]);
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(both.reason);
  both.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => late.abort(noAnswer(ms)), ms);
  try {
    signal.throwIfAborted();
    return await Promise.race([step(both), promise]);
  } finally {
    clearTimeout(timer);
    both.removeEventListener("abort", stop);
  }
}

function noAnswer(ms: number): TargetError {
  return new TargetError("unavailable", `Cannot ask the place: no answer in ${ms / 1000} seconds`, {
    hint: "Is it reachable from here? Try again later.",
  });
}
