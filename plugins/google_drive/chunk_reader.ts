/**
 * A body in pieces of one size.
 *
 * @module
 */

import { abortableStream } from "../../core/extend/abortable_stream.ts";
import type { Body } from "../../core/extend/body.ts";
import { exactStream } from "../../core/extend/exact_stream.ts";

/** Reads a body in pieces of one size, one at a time. */
export class ChunkReader {
  readonly #body: Body;
  readonly #size: number;
  readonly #signal: AbortSignal;

  /** Takes the body and the size of a piece. */
  constructor(body: Body, size: number, signal: AbortSignal) {
    this.#body = body;
    this.#size = size;
    this.#signal = signal;
  }

  /** The piece that starts there; fails with `invalid` where the body is shorter than it says. */
  async read(start: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(this.#body.size, start + this.#size);
    const slice = { ...this.#body.slice(start, end), size: end - start };
    const bytes = new Uint8Array(end - start);
    let at = 0;
    for await (const piece of abortableStream(exactStream(slice), this.#signal)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
