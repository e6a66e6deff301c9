/**
 * What a check of a codec works with.
 *
 * @module
 */

import type { ByteTransform, Codec } from "../codec.ts";
import { TargetError } from "../target_error.ts";

/** How to make a codec. */
export interface CodecHarness {
  /** The codec; one that encrypts holds the key to decode too. */
  make(): Codec | Promise<Codec>;
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** Everything that a stream gives, as one array. */
export async function collected(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return await new Response(stream).bytes();
}

/** Bytes as a stream of chunks of a size. */
export function inChunks(
  bytes: Uint8Array<ArrayBuffer>,
  size = 65_536,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, at + size));
      at += size;
      if (at >= bytes.length) controller.close();
    },
  }, { highWaterMark: 0 });
}

/** Sends bytes through one direction of a codec. */
export async function through(
  step: Promise<ByteTransform>,
  bytes: Uint8Array<ArrayBuffer>,
  chunkSize?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return await collected(inChunks(bytes, chunkSize).pipeThrough(await step));
}

/** The kind of the `TargetError` that decoding throws; `undefined` where it gives bytes. */
export async function refusal(
  codec: Codec,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await through(codec.decode(signal), bytes);
    return undefined;
  } catch (error) {
    if (error instanceof TargetError) return error.kind;
    throw error;
  }
}

/** Bytes of a size that compress well, as those of a database do. */
export function rowBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = at % 97 < 60 ? at % 7 : (at * at >>> 5) & 255;
  return bytes;
}
