/**
 * A stream that ends when its caller gives up, whatever its source does.
 *
 * @module
 */

/**
 * The same bytes, until the signal aborts: then reading fails at once with the
 * signal's reason and the source is cancelled, even one that never answers.
 *
 * @example
 * ```ts
 * import { abortableStream, bytesBody } from "@holdfast/holdfast/plugin";
 *
 * const abort = new AbortController();
 * const stream = abortableStream(bytesBody(new Uint8Array(3)).stream(), abort.signal);
 * console.log((await new Response(stream).bytes()).length); // 3
 * ```
 */
export function abortableStream(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let stop = (): void => {};
  const leave = (): void => signal.removeEventListener("abort", stop);
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller): void {
      stop = (): void => {
        controller.error(signal.reason);
        // Nobody is left to hear how the source took it.
        reader.cancel(signal.reason).then(undefined, () => undefined);
      };
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
    },
    async pull(controller): Promise<void> {
      try {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (value !== undefined) controller.enqueue(value);
        if (!done) return;
        leave();
        controller.close();
      } catch (cause) {
        leave();
        throw cause;
      }
    },
    async cancel(reason): Promise<void> {
      leave();
      await reader.cancel(reason);
    },
  }, { highWaterMark: 0 });
}
