/**
 * Inflate with bounded memory.
 *
 * @module
 */

import type { Transform } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";

/** Plain bytes that come out at once, whatever went in. */
const outputSize = 64 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A decompression stream in the shape of the web's `DecompressionStream`, which
 * inflates a whole chunk of input at once: 256 KiB of it may hold 270 MB of zeros.
 * This one gives pieces and waits until they are taken.
 */
export class InflateStep {
  /** The plain bytes. */
  readonly readable: ReadableStream<Bytes>;
  /** Takes the compressed bytes. */
  readonly writable: WritableStream<Bytes>;

  /**
   * Makes one stream.
   *
   * @param format `deflate-raw`, or `gzip` with header and checksum.
   */
  constructor(format: string) {
    if (format !== "gzip" && format !== "deflate-raw") {
      throw new TypeError(`no such format: "${format}"`);
    }
    const options = { chunkSize: outputSize };
    const inflate = format === "gzip" ? createGunzip(options) : createInflateRaw(options);
    // It is told to the one who writes and the one who reads; unheard it would end the process.
    inflate.on("error", () => undefined);
    this.readable = readableOf(inflate);
    this.writable = writableOf(inflate);
  }
}

/** The output, read piece by piece. (`Duplex.toWeb` of Deno 2.9 throws past a cancelled reader.) */
function readableOf(inflate: Transform): ReadableStream<Bytes> {
  const pieces: AsyncIterator<Bytes> = inflate[Symbol.asyncIterator]();
  return new ReadableStream<Bytes>({
    async pull(controller): Promise<void> {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.length));
    },
    cancel: () => void inflate.destroy(),
  }, { highWaterMark: 0 });
}

/** The input; a write ends when its bytes were taken in, so that nothing piles up. */
function writableOf(inflate: Transform): WritableStream<Bytes> {
  const told = (step: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => step((error) => error ? reject(error) : resolve()));
  return new WritableStream<Bytes>({
    write: (chunk) => told((done) => inflate.write(chunk, done)),
    close: () => void inflate.end(),
    abort: (reason) => void inflate.destroy(reason instanceof Error ? reason : undefined),
  });
}
