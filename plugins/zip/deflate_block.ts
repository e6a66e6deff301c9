/**
 * Compresses one block of a stream by itself.
 *
 * @module
 */

import { constants, deflateRawSync } from "node:zlib";

/** How a block is compressed. */
export interface DeflateBlockOptions {
  /** 1 (fast) to 9 (small). */
  readonly level: number;
  /** It is the last one: the stream ends with it. */
  readonly last?: boolean | undefined;
}

/**
 * One block as raw deflate. A block that is not the last ends with a full flush (RFC
 * 1951 §3.2.4, an empty stored block), so that blocks one after another are one stream.
 */
export function deflateBlock(
  block: Uint8Array<ArrayBuffer>,
  { level, last = false }: DeflateBlockOptions,
): Uint8Array<ArrayBuffer> {
  const finishFlush = last ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
  return new Uint8Array(deflateRawSync(block, { level, finishFlush }));
}
