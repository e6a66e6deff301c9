/**
 * A piece of a body as `fetch` sends it: streamed, and with a `Content-Length`.
 *
 * @module
 */

import type { Body } from "../../core/extend/body.ts";
import { TargetError } from "../../core/extend/target_error.ts";

/** What {@linkcode ChunkBlob} is given. */
export interface ChunkBlobOptions {
  /** Sees each piece as it leaves, with its place in the chunk. */
  readonly onBytes: (bytes: Uint8Array, at: number) => void;
  /** Hears of a body that fails: `fetch` itself tells of a network error only. */
  readonly onError: (error: unknown) => void;
}

/**
 * A part of a body as a blob. Of a blob Deno's `fetch` takes the stream and the size,
 * where of a stream it knows no size and sends no `Content-Length`, which the protocol
 * asks for. Sent from a buffer instead, an upload took 1.8 times as long.
 */
export class ChunkBlob extends Blob {
  readonly #body: Body;
  readonly #options: ChunkBlobOptions;

  /** Takes the part as a body. */
  constructor(body: Body, options: ChunkBlobOptions) {
    super();
    this.#body = body;
    this.#options = options;
  }

  /** How many bytes there are. */
  override get size(): number {
    return this.#body.size;
  }

  /** The bytes, each time from the first; fails with `invalid` where they are not as many. */
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { onBytes, onError } = this.#options;
    const reader = this.#body.stream().getReader();
    let at = 0;
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: async (controller): Promise<void> => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            if (at < this.size) throw wrongSize(this.size, `only ${at}`);
            return controller.close();
          }
          if (at + value.length > this.size) throw wrongSize(this.size, `more than ${this.size}`);
          onBytes(value, at);
          at += value.length;
          controller.enqueue(value);
        } catch (error) {
          onError(error);
          throw error;
        }
      },
      cancel: async (reason): Promise<void> => await reader.cancel(reason),
    }, { highWaterMark: 0 });
  }
}

/** The error for a body that is not as long as it says. */
function wrongSize(size: number, found: string): TargetError {
  return new TargetError("invalid", `Cannot read ${size} bytes of the body: it gave ${found}`, {
    hint: "Something changed the file meanwhile: run it again.",
  });
}
