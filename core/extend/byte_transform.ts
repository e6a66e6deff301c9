/**
 * One direction of a codec, written as a generator.
 *
 * @module
 */

import { abortableStream } from "./abortable_stream.ts";
import { ByteSource } from "./byte_source.ts";
import type { ByteTransform } from "./codec.ts";

/**
 * Makes a stream step of a generator that reads a source and yields bytes. It
 * runs only as fast as its output is read; an error, an abort or a reader that
 * leaves ends both sides.
 *
 * @example
 * ```ts
 * import { bytesBody, byteTransform } from "@holdfast/holdfast/plugin";
 *
 * const { signal } = new AbortController();
 * const firstTwo = byteTransform(signal, async function* (source) {
 *   yield await source.read(2);
 *   while ((await source.read(1024)).length > 0);
 * });
 * const stream = bytesBody(new TextEncoder().encode("hello")).stream().pipeThrough(firstTwo);
 * console.log(await new Response(stream).text()); // he
 * ```
 */
export function byteTransform(
  signal: AbortSignal,
  step: (source: ByteSource) => AsyncGenerator<Uint8Array<ArrayBuffer>>,
): ByteTransform {
  const { readable, writable } = new TransformStream<
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>
  >();
  const source = new ByteSource(abortableStream(readable, signal));
  const pieces = step(source);
  return {
    writable,
    readable: new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller): Promise<void> {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (cause) {
          await source.cancel(cause).then(undefined, () => undefined);
          throw cause;
        }
      },
      cancel: (reason) => source.cancel(reason),
    }, { highWaterMark: 0 }),
  };
}
