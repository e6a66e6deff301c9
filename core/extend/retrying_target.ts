/**
 * A target that tries again what is only unavailable for now.
 *
 * @module
 */

import { sleep } from "./sleep.ts";
import type { GetOptions, Target, TargetCallOptions, TargetObject } from "./target.ts";
import { TargetError } from "./target_error.ts";

/** News of a try that comes. */
export interface RetryNews {
  /** Which try comes next, from 2. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delayMs: number;
  /** Why the last one failed. */
  readonly error: TargetError;
}

/** What {@linkcode retryingTarget} is given. */
export interface RetryOptions {
  /** Tries in all without any progress in between; 6 by default. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled for each further one; 1,000 by default. */
  readonly firstDelayMs?: number | undefined;
  /** The longest wait in milliseconds, but for what the place itself asks; 64,000 by default. */
  readonly maxDelayMs?: number | undefined;
  /** A number from 0 up to 1, so that many do not come back at the same moment. */
  readonly random?: (() => number) | undefined;
  /** How to wait. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Called before each wait. */
  readonly onRetry?: ((news: RetryNews) => void) | undefined;
}

/** A number from 0 up to 1. */
function randomPart(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

/**
 * Milliseconds to wait before a try: doubled each time, somewhere between half
 * and all of it, never shorter than the place asked for.
 *
 * @param attempt Which try comes next, from 2.
 */
export function retryDelay(attempt: number, error: TargetError, options: RetryOptions): number {
  const { firstDelayMs = 1_000, maxDelayMs = 64_000, random = randomPart } = options;
  const whole = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 2));
  return Math.max(error.retryAfterMs ?? 0, Math.round(whole * (0.5 + random() / 2)));
}

/**
 * The same target; a verb that throws `unavailable` is tried again after a
 * while. A download that breaks goes on where it broke, a list skips what it
 * told already. Every other kind is thrown at once.
 *
 * @example
 * ```ts
 * import { memoryTarget, retryingTarget } from "@holdfast/holdfast/plugin";
 * import { faultyTarget } from "@holdfast/holdfast/testing";
 *
 * const flaky = faultyTarget(memoryTarget(), "unavailable", { times: 2 });
 * const target = retryingTarget(flaky, { firstDelayMs: 1 });
 * console.log(await target.stat("a", { signal: new AbortController().signal })); // undefined
 * ```
 */
export function retryingTarget(target: Target, options: RetryOptions = {}): Target {
  const retry = new Retry(options);
  const { quota, close } = target;
  return {
    put: (key, body, call) => retry.run(call, () => target.put(key, body, call)),
    get: async (key, call) => await resumedStream(target, key, { call, retry }),
    stat: (key, call) => retry.run(call, () => target.stat(key, call)),
    list: (prefix, call) => resumedList(target, prefix, { call, retry }),
    remove: (key, call) => retry.run(call, () => target.remove(key, call)),
    ...(quota === undefined ? {} : {
      quota: (call) => retry.run(call, () => quota.call(target, call)),
    }),
    ...(close === undefined ? {} : { close: () => close.call(target) }),
  };
}

/** Counts tries and waits between them. */
class Retry {
  readonly #options: RetryOptions;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** Runs a step until it ends or fails for good. */
  async run<Result>({ signal }: TargetCallOptions, step: () => Promise<Result>): Promise<Result> {
    for (let attempt = 2;; attempt++) {
      try {
        return await step();
      } catch (error) {
        await this.wait(attempt, error, signal);
      }
    }
  }

  /** Waits before the try, or throws the error where there is none. */
  async wait(attempt: number, error: unknown, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { attempts = 6, sleep: pause = sleep, onRetry } = this.#options;
    if (!(error instanceof TargetError) || error.kind !== "unavailable") throw error;
    if (attempt > attempts) throw error;
    const delayMs = retryDelay(attempt, error, this.#options);
    onRetry?.({ attempt, delayMs, error });
    await pause(delayMs, signal);
  }
}

/** A call that is tried again. */
interface RetriedCall<Call extends TargetCallOptions> {
  readonly call: Call;
  readonly retry: Retry;
}

/** The bytes of an object; a stream that breaks is taken up where it broke. */
async function resumedStream(
  target: Target,
  key: string,
  { call, retry }: RetriedCall<GetOptions>,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  let offset = call.offset ?? 0;
  const open = async (): Promise<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>> =>
    (await retry.run(call, () => target.get(key, { ...call, offset }))).getReader();
  let reader = await open();
  let attempt = 2;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      for (;;) {
        try {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          offset += value.length;
          attempt = 2;
          return controller.enqueue(value);
        } catch (error) {
          await retry.wait(attempt++, error, call.signal);
          reader = await open();
        }
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

/** The objects; a list that breaks begins again and skips what it told already. */
async function* resumedList(
  target: Target,
  prefix: string,
  { call, retry }: RetriedCall<TargetCallOptions>,
): AsyncGenerator<TargetObject> {
  const told = new Set<string>();
  for (let attempt = 2;;) {
    try {
      for await (const object of target.list(prefix, call)) {
        if (told.has(object.key)) continue;
        told.add(object.key);
        attempt = 2;
        yield object;
      }
      return;
    } catch (error) {
      await retry.wait(attempt++, error, call.signal);
    }
  }
}
