/**
 * A target that cannot keep its caller waiting: a plugin that never answers, and
 * does not listen to its signal either, ends as `unavailable`.
 *
 * @module
 */

import type { GetOptions, Target, TargetCallOptions, TargetObject } from "./target.ts";
import { TargetError } from "./target_error.ts";
import { wrappedBody } from "./wrapped_body.ts";

/** What {@linkcode deadlineTarget} is given. */
export interface DeadlineOptions {
  /** Milliseconds without progress until it is given up; 60,000 by default. */
  readonly deadlineMs?: number | undefined;
}

/**
 * The same target; a verb that makes no progress for so long is aborted and
 * throws `unavailable`, and so does one that goes on after its signal aborted.
 * Bytes that move and objects that are listed are progress.
 */
export function deadlineTarget(target: Target, options: DeadlineOptions = {}): Target {
  const { deadlineMs = 60_000 } = options;
  const watch: Watch = (verb, signal, step) => watched({ verb, signal, deadlineMs }, step);
  const { quota, close } = target;
  return {
    put: (key, body, call) =>
      watch(
        "put",
        call.signal,
        ({ signal, alive }) =>
          target.put(key, wrappedBody(body, (stream) => stream.pipeThrough(tapped(alive))), {
            ...call,
            signal,
            onProgress(bytes): void {
              alive();
              call.onProgress?.(bytes);
            },
          }),
      ),
    get: (key, call) => watchedStream(target, key, { call, watch }),
    stat: (key, call) =>
      watch("stat", call.signal, ({ signal }) => target.stat(key, { ...call, signal })),
    list: (prefix, call) => watchedList(target, prefix, { call, watch }),
    remove: (key, call) =>
      watch("remove", call.signal, ({ signal }) => target.remove(key, { ...call, signal })),
    ...(quota === undefined ? {} : {
      quota: (call) => watch("quota", call.signal, ({ signal }) => quota.call(target, { signal })),
    }),
    ...(close === undefined ? {} : {
      close: () => watch("close", new AbortController().signal, () => close.call(target)),
    }),
  };
}

/** Runs one step of a verb under the deadline. */
type Watch = <Result>(
  verb: string,
  signal: AbortSignal,
  step: (watched: Watched) => Promise<Result>,
) => Promise<Result>;

/** A call that is watched. */
interface WatchedCall<Call extends TargetCallOptions> {
  readonly call: Call;
  readonly watch: Watch;
}

/** The bytes of an object, each read watched; the time of its reader does not count. */
async function watchedStream(
  target: Target,
  key: string,
  { call, watch }: WatchedCall<GetOptions>,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const stop = new AbortController();
  const signal = AbortSignal.any([call.signal, stop.signal]);
  const source = await watch("get", call.signal, (inner) => {
    inner.signal.addEventListener("abort", () => stop.abort(inner.signal.reason));
    return target.get(key, { ...call, signal });
  });
  const reader = source.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        const { done, value } = await watch("get", call.signal, () => reader.read());
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

/** The objects, the wait for each watched; the time of its reader does not count. */
async function* watchedList(
  target: Target,
  prefix: string,
  { call, watch }: WatchedCall<TargetCallOptions>,
): AsyncGenerator<TargetObject> {
  const stop = new AbortController();
  const signal = AbortSignal.any([call.signal, stop.signal]);
  const objects = target.list(prefix, { ...call, signal })[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const next = await watch("list", call.signal, async () => await objects.next());
      ended = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    ended = true;
    stop.abort(error);
    throw error;
  } finally {
    if (!ended) await watch("list", call.signal, async () => await objects.return?.());
  }
}

/** What a watched step works with. */
interface Watched {
  /** Aborted when it took too long, or the caller gave up. */
  readonly signal: AbortSignal;
  /** Tells that there was progress. */
  alive(): void;
}

/** What {@linkcode watched} is given. */
interface WatchOptions {
  readonly verb: string;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}

/** Milliseconds that a step gets to clean up after its caller gave up. */
const graceMs = 5_000;

/** Runs a step; without progress it is aborted and given up, whether it listens or not. */
async function watched<Result>(
  { verb, signal, deadlineMs }: WatchOptions,
  step: (watched: Watched) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const late = Promise.withResolvers<never>();
  const giveUp = (): void => {
    const reason = signal.aborted ? signal.reason : new TargetError(
      "unavailable",
      `Cannot finish "${verb}": no progress for ${deadlineMs / 1000} s`,
    );
    stop.abort(reason);
    late.reject(reason);
  };
  let timer = setTimeout(giveUp, deadlineMs);
  const alive = (): void => {
    if (stop.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(giveUp, deadlineMs);
  };
  const leave = (): void => {
    stop.abort(signal.reason);
    clearTimeout(timer);
    timer = setTimeout(giveUp, Math.min(graceMs, deadlineMs));
  };
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([step({ signal: stop.signal, alive }), late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}

/** Passes bytes on and tells that they moved. */
function tapped(alive: () => void): TransformStream<Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk: Uint8Array<ArrayBuffer>, controller): void {
      alive();
      controller.enqueue(chunk);
    },
  });
}
