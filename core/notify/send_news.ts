/**
 * Sends one notification, with a deadline, trying again what is only unavailable.
 *
 * @module
 */

import type { Notification, Notifier } from "../extend/notifier.ts";
import { retryDelay } from "../extend/retrying_target.ts";
import { TargetError } from "../extend/target_error.ts";
import { systemTimers, type Timers } from "../timers.ts";

/** What {@linkcode sendNews} is given. */
export interface SendNewsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each try; 60,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** Tries in all; 3 by default. */
  readonly attempts?: number | undefined;
  readonly timers?: Timers | undefined;
}

/**
 * Resolves once the other side accepted it.
 *
 * @throws {TargetError} with its kind; what a plugin throws beside the contract is `invalid`.
 */
export async function sendNews(
  notifier: Notifier,
  notification: Notification,
  options: SendNewsOptions = {},
): Promise<void> {
  const { attempts = 3, timers = systemTimers } = options;
  const signal = options.signal ?? new AbortController().signal;
  for (let attempt = 1;; attempt++) {
    try {
      return await once(notifier, notification, { ...options, signal });
    } catch (cause) {
      const error = asTargetError(cause);
      if (signal.aborted || error.kind !== "unavailable" || attempt >= attempts) throw error;
      await timers.sleep(retryDelay(attempt + 1, error, {}), signal);
    }
  }
}

/** One try; a notifier that does not heed its signal is left behind at the deadline. */
async function once(
  notifier: Notifier,
  notification: Notification,
  { signal, deadlineMs = 60_000 }: SendNewsOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const late = Promise.withResolvers<never>();
  const own = new AbortController();
  const stop = (why: unknown): void => {
    own.abort(why);
    late.reject(why);
  };
  const timer = setTimeout(() => {
    stop(new TargetError("unavailable", `Cannot send within ${deadlineMs / 1000} s`));
  }, deadlineMs);
  const onAbort = (): void => stop(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([notifier.notify(notification, { signal: own.signal }), late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function asTargetError(error: unknown): TargetError {
  if (error instanceof TargetError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TargetError("invalid", message, { cause: error });
}
