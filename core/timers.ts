/**
 * Waiting as an argument, so that a test can run a year in a second.
 *
 * @module
 */

/** How to wait. */
export interface Timers {
  /** Resolves after so many milliseconds; throws the signal's reason when it aborts before. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Timers that do not keep a process alive that is done otherwise. */
export const backgroundTimers: Timers = { sleep: (ms, signal) => wait(ms, signal, true) };

/** The timers of this machine. */
export const systemTimers: Timers = { sleep: (ms, signal) => wait(ms, signal, false) };

async function wait(ms: number, signal: AbortSignal, background: boolean): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = (): void => reject(signal.reason);
  const timer = setTimeout(resolve, ms);
  if (background) Deno.unrefTimer(timer);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
