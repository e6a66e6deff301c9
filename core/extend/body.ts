/**
 * Bytes that can be read again, whole or in part, so that a retry or a
 * multipart upload starts over without holding them in memory.
 *
 * @module
 */

/** Bytes of a known size, readable as often as needed. */
export interface Body {
  /** How many bytes there are. */
  readonly size: number;
  /** A new stream of all bytes, from the first. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * The bytes from `start` up to, not including, `end`, as a body of their own.
   * The bounds are cut to 0…size.
   */
  slice(start: number, end: number): Body;
}

/**
 * A body over bytes in memory, for small things and for tests.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 *
 * const body = bytesBody(new TextEncoder().encode("hello"));
 * console.log(await new Response(body.slice(0, 4).stream()).text()); // hell
 * ```
 */
export function bytesBody(bytes: Uint8Array<ArrayBuffer>): Body {
  return {
    size: bytes.length,
    stream: () => ReadableStream.from(bytes.length === 0 ? [] : [bytes]),
    slice: (start, end) => bytesBody(bytes.subarray(Math.max(0, start), Math.max(0, end))),
  };
}
