/**
 * Deflate at any level, on all processors, with the compiled zlib of the runtime.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { deflateBlock } from "./deflate_block.ts";
import { type DeflatedBlock, DeflateLanes } from "./deflate_lanes.ts";

/** Bytes of a block: a history of 32 KiB is lost at each border, so not too small. */
const blockSize = 512 * 1024;

/** From so many blocks on, threads are worth their start of some 30 ms. */
const blocksAlone = 8;

/** RFC 1952 §2.3: magic, method deflate, no flags, no time, unknown system. */
const gzipHeader: readonly number[] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/** What zip.js passes to a compression stream. */
export interface DeflateStepOptions {
  /** 1 (fast) to 9 (small); 6 by default. */
  readonly level?: number | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Controller = TransformStreamDefaultController<Bytes>;

/**
 * A compression stream in the shape of the web's `CompressionStream`, which knows
 * no levels and one thread only.
 */
export class DeflateStep {
  /** The compressed bytes. */
  readonly readable: ReadableStream<Bytes>;
  /** Takes the plain bytes. */
  readonly writable: WritableStream<Bytes>;

  /**
   * Makes one stream.
   *
   * @param format `deflate-raw`, or `gzip` with header and checksum.
   * @param options The level.
   */
  constructor(format: string, options: DeflateStepOptions = {}) {
    if (format !== "gzip" && format !== "deflate-raw") {
      throw new TypeError(`no such format: "${format}"`);
    }
    const stream = new TransformStream<Bytes, Bytes>(
      new Deflater(format === "gzip", options.level ?? 6),
    );
    this.readable = stream.readable;
    this.writable = stream.writable;
  }
}

/** The work of one stream. */
class Deflater implements Transformer<Bytes, Bytes> {
  readonly #gzip: boolean;
  readonly #level: number;
  #block: Bytes = new Uint8Array(blockSize);
  #used = 0;
  #blocks = 0;
  #checksum = 0;
  #size = 0;
  #lanes: DeflateLanes | undefined;
  readonly #onTheWay: Promise<DeflatedBlock>[] = [];
  readonly #free: Bytes[] = [];

  constructor(gzip: boolean, level: number) {
    this.#gzip = gzip;
    this.#level = level;
  }

  start(controller: Controller): void {
    if (this.#gzip) controller.enqueue(new Uint8Array(gzipHeader));
  }

  async transform(chunk: Bytes, controller: Controller): Promise<void> {
    if (this.#gzip) this.#checksum = crc32(chunk, this.#checksum);
    this.#size += chunk.length;
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + blockSize - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === blockSize) await this.#blockFull(controller);
    }
  }

  async flush(controller: Controller): Promise<void> {
    while (this.#onTheWay.length > 0) await this.#takeOne(controller);
    this.cancel();
    const rest = this.#block.subarray(0, this.#used);
    controller.enqueue(deflateBlock(rest, { level: this.#level, last: true }));
    if (this.#gzip) controller.enqueue(gzipTrailer(this.#checksum, this.#size));
  }

  /** Also called by the stream when either side gives up. */
  cancel(): void {
    this.#lanes?.close();
    this.#lanes = undefined;
  }

  async #blockFull(controller: Controller): Promise<void> {
    this.#used = 0;
    if (this.#blocks++ === blocksAlone) this.#lanes = new DeflateLanes(this.#level);
    if (this.#lanes?.ready !== true) {
      controller.enqueue(deflateBlock(this.#block, { level: this.#level }));
      return;
    }
    this.#onTheWay.push(this.#lanes.deflate(this.#block));
    if (this.#onTheWay.length >= this.#lanes.width) await this.#takeOne(controller);
    this.#block = this.#free.pop() ?? new Uint8Array(blockSize);
  }

  /** Passes on the oldest block on the way. */
  async #takeOne(controller: Controller): Promise<void> {
    const deflated = await this.#onTheWay.shift();
    if (deflated === undefined) return;
    this.#free.push(deflated.block);
    controller.enqueue(deflated.packed);
  }
}

/** RFC 1952 §2.3.1: CRC-32 and size modulo 2^32, little-endian. */
function gzipTrailer(checksum: number, size: number): Bytes {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, checksum, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  return new Uint8Array(trailer.buffer);
}
