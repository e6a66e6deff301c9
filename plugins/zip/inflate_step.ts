/**
 * Inflate with bounded memory.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";

/** Plain bytes that come out at once, whatever went in. */
const outputSize = 64 * 1024;

/**
 * A decompression stream in the shape of the web's `DecompressionStream`, which
 * inflates a whole chunk of input at once: 256 KiB of it may hold 270 MB of zeros.
 * This one gives pieces and waits until they are taken.
 */
export class InflateStep {
  /** The plain bytes. */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Takes the compressed bytes. */
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>;

  /**
   * Makes one stream.
   *
   * @param format `deflate-raw`, or `gzip` with header and checksum.
   */
  constructor(format: string) {
    const options = { chunkSize: outputSize };
    if (format !== "gzip" && format !== "deflate-raw") {
      throw new TypeError(`no such format: "${format}"`);
    }
    const inflate = format === "gzip" ? createGunzip(options) : createInflateRaw(options);
    const { readable, writable } = Duplex.toWeb(inflate);
    this.readable = readable as ReadableStream<Uint8Array<ArrayBuffer>>;
    this.writable = writable as WritableStream<Uint8Array<ArrayBuffer>>;
  }
}
