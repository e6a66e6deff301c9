/**
 * A part of a body in memory, with the hashes that go with it.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import { abortableStream, type Body, exactStream } from "../../core/extend/mod.ts";

/** A part, ready to send. */
export interface ReadPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Lower-case hex, as in an ETag. */
  readonly md5: string;
}

/** What {@linkcode readPart} is given. */
export interface ReadPartOptions {
  readonly signal: AbortSignal;
  /** A hash over several parts, that takes these bytes too. */
  readonly whole?: Hash | undefined;
}

/** Reads a part whole; hashes go on while it is read, so that nothing blocks for long. */
export async function readPart(body: Body, options: ReadPartOptions): Promise<ReadPart> {
  const bytes = new Uint8Array(body.size);
  const [md5, sha256] = [createHash("md5"), createHash("sha256")];
  let at = 0;
  for await (const chunk of abortableStream(exactStream(body), options.signal)) {
    bytes.set(chunk, at);
    at += chunk.length;
    md5.update(chunk);
    sha256.update(chunk);
    options.whole?.update(chunk);
  }
  return { bytes, sha256: sha256.digest("hex"), md5: md5.digest("hex") };
}

/** A hash as header fields want it. */
export function base64OfHex(hex: string): string {
  return Uint8Array.fromHex(hex).toBase64();
}
