/**
 * A target that takes no more of the line than it may.
 *
 * @module
 */

import { sleep } from "./sleep.ts";
import type { Target } from "./target.ts";
import { wrappedBody } from "./wrapped_body.ts";

/** What {@linkcode limitedTarget} is given. */
export interface LimitOptions {
  /** Bytes a second that go up and down together at most. */
  readonly bytesPerSecond: number;
  /** Milliseconds from some fixed point, never running backwards. */
  readonly elapsed?: (() => number) | undefined;
  /** How to wait. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Bytes that pass at once. */
const pieceSize = 64 * 1024;

/**
 * The same target with its traffic held to a rate, all its transfers together.
 * Throws a `RangeError` where the rate is not above 0.
 */
export function limitedTarget(target: Target, options: LimitOptions): Target {
  const { bytesPerSecond, elapsed = () => performance.now(), sleep: pause = sleep } = options;
  if (!(bytesPerSecond > 0)) {
    throw new RangeError(`Cannot limit to ${bytesPerSecond} bytes a second: wanted more than 0`);
  }
  let free = elapsed();
  const paced = (stream: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal) =>
    stream.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        async transform(chunk, controller): Promise<void> {
          for (let at = 0; at < chunk.length; at += pieceSize) {
            const piece = chunk.subarray(at, at + pieceSize);
            const now = elapsed();
            const wait = Math.max(0, free - now);
            free = now + wait + piece.length / bytesPerSecond * 1000;
            if (wait > 0) await pause(wait, signal);
            controller.enqueue(piece);
          }
        },
      }),
    );
  const { quota, close } = target;
  return {
    put: (key, body, call) =>
      target.put(key, wrappedBody(body, (stream) => paced(stream, call.signal)), call),
    get: async (key, call) => paced(await target.get(key, call), call.signal),
    stat: (key, call) => target.stat(key, call),
    list: (prefix, call) => target.list(prefix, call),
    remove: (key, call) => target.remove(key, call),
    ...(quota === undefined ? {} : { quota: (call) => quota.call(target, call) }),
    ...(close === undefined ? {} : { close: () => close.call(target) }),
  };
}
