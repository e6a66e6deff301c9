/**
 * Finding the end of a zstd frame without decoding it (RFC 8878 §3.1.1), within
 * bounds, so that a hostile one costs no memory.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { ByteSource } from "../../core/extend/mod.ts";

/** The four bytes that every frame begins with. */
export const frameMagic: Uint8Array<ArrayBuffer> = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]);

/** The largest block in a frame. */
const largestBlock = 128 * 1024;

/** What is wrong with a frame. */
export class FrameFault extends Error {
  override readonly name = "FrameFault";
}

/**
 * The rest of a frame whose first four bytes were read, those four in front.
 * Throws a {@linkcode FrameFault} where it ends early, breaks the format, wants a
 * dictionary, has no checksum, or has more than `most` bytes.
 */
export async function readFrame(
  source: ByteSource,
  magic: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = [magic];
  let size = magic.length;
  const take = async (count: number): Promise<Uint8Array<ArrayBuffer>> => {
    size += count;
    if (size > most) throw new FrameFault(`a frame has more than ${most} bytes`);
    const bytes = await source.read(count);
    if (bytes.length < count) throw new FrameFault("it ends within a frame");
    parts.push(bytes);
    return bytes;
  };
  const descriptor = (await take(1))[0] ?? 0;
  await take(headerRest(descriptor));
  for (let last = false; !last;) {
    const block = blockAt(await take(3), 0);
    last = block.last;
    await take(block.size);
  }
  await take(4);
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * Bytes of the first frame. (The compressor of Deno 2.9.6 appends an empty frame
 * to some: https://github.com/denoland/deno/issues/36688.)
 */
export function firstFrameSize(bytes: Uint8Array): number {
  let at = 5 + headerRest(bytes[4] ?? 0);
  for (let last = false; !last;) {
    const block = blockAt(bytes, at);
    last = block.last;
    at += 3 + block.size;
  }
  return at + 4;
}

/** What the header of a block tells: whether it is the last, and the bytes that follow. */
function blockAt(
  bytes: Uint8Array,
  at: number,
): { readonly last: boolean; readonly size: number } {
  const [low = 0, middle = 0, high = 0] = bytes.subarray(at, at + 3);
  const type = low >> 1 & 3;
  const length = (low | middle << 8 | high << 16) >> 3;
  if (type === 3 || length > largestBlock) throw new FrameFault("a block is damaged");
  // A block of type 1 is one byte, repeated.
  return { last: (low & 1) === 1, size: type === 1 ? 1 : length };
}

/** Bytes of the header after its descriptor. */
function headerRest(descriptor: number): number {
  if ((descriptor & 0b11011) !== 0) throw new FrameFault("a frame header is damaged");
  if ((descriptor & 0b100) === 0) throw new FrameFault("a frame has no checksum");
  const single = (descriptor & 0b100000) !== 0;
  const sizes = [single ? 1 : 0, 2, 4, 8];
  return (single ? 0 : 1) + (sizes[descriptor >> 6] ?? 0);
}
