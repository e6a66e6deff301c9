/**
 * Requests that wait for their answer, each no longer than the server may be silent.
 *
 * @module
 */

/** How a request ends: an error or its result. */
export type Done<Result> = (error: Error | null | undefined, result: Result) => void;

/** What {@linkcode pendingCalls} is given. */
export interface PendingCallsOptions {
  /** Milliseconds that one may wait. */
  readonly timeoutMs: number;
  /** Called when one waited too long. */
  readonly onSilent: () => void;
}

/** What one request is given. */
export interface CallOptions<Result> {
  readonly signal: AbortSignal;
  /** Takes a result that comes after the request was given up. */
  readonly late?: ((result: Result) => void) | undefined;
}

/** The requests of one connection. */
export interface PendingCalls {
  /** Starts one; rejects with its error, the signal's reason, or what `rejectAll` is given. */
  call<Result>(start: (done: Done<Result>) => void, options: CallOptions<Result>): Promise<Result>;
  /** Ends all that wait. */
  rejectAll(error: unknown): void;
}

/** Keeps the requests of one connection. */
export function pendingCalls({ timeoutMs, onSilent }: PendingCallsOptions): PendingCalls {
  const waiting = new Set<(error: unknown) => void>();
  return {
    call<Result>(
      start: (done: Done<Result>) => void,
      { signal, late }: CallOptions<Result>,
    ): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const settle = (how: () => void): void => {
        if (!waiting.delete(fail)) return;
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        how();
      };
      const fail = (error: unknown): void => settle(() => reject(error));
      const stop = (): void => fail(signal.reason);
      const timer = setTimeout(onSilent, timeoutMs);
      waiting.add(fail);
      signal.addEventListener("abort", stop, { once: true });
      try {
        signal.throwIfAborted();
        start((error, result) => {
          if (error) fail(error);
          else if (waiting.has(fail)) settle(() => resolve(result));
          else late?.(result);
        });
      } catch (cause) {
        fail(cause);
      }
      return promise;
    },
    rejectAll(error): void {
      for (const reject of waiting) reject(error);
    },
  };
}
