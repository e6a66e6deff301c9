/**
 * A body as zip.js reads archives: at random places.
 *
 * @module
 */

import type { Body } from "../../core/extend/mod.ts";
import { damaged } from "./archive_error.ts";
import { Reader } from "./zip_library.ts";

/** The most that is read into memory at once: a central directory of 400,000 entries. */
const maxRead = 64 * 1024 * 1024;

/** Reads a body for zip.js; the memory it takes is bounded whatever the archive claims. */
export class BodyReader extends Reader<Body> {
  readonly #body: Body;

  /** Reads this body. */
  constructor(body: Body) {
    super(body);
    this.#body = body;
    this.size = body.size;
  }

  /** Bytes of the body, cut at its end. Throws `corrupt` where an absurd number is asked for. */
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const part = this.#body.slice(index, index + length);
    if (part.size > maxRead) throw damaged("its directory is too large");
    const bytes = new Uint8Array(part.size);
    let done = 0;
    for await (const chunk of part.stream()) {
      bytes.set(chunk, done);
      done += chunk.length;
    }
    if (done !== part.size) throw damaged("it is shorter than it says");
    return bytes;
  }

  /** A stream of a part of the body. */
  override createReadable(
    options: { readonly offset?: number; readonly size?: number } = {},
  ): ReadableStream<Uint8Array> {
    const offset = options.offset ?? 0;
    return this.#body.slice(offset, offset + (options.size ?? this.size - offset)).stream();
  }
}
