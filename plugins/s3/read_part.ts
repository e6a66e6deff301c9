/**
 * A part of a body in memory, with the hash that its ETag tells.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import { abortableStream, type Body, exactStream } from "../../core/extend/mod.ts";

/** A part, ready to send. */
export interface ReadPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Lower-case hex, as in an ETag. */
  readonly md5: string;
}

/** What {@linkcode readPart} is given. */
export interface ReadPartOptions {
  readonly signal: AbortSignal;
  /** A hash over several parts, that takes these bytes too. */
  readonly whole?: Hash | undefined;
}

/** Reads a part whole; its MD5 goes on while it is read, so that nothing blocks for long. */
export async function readPart(body: Body, options: ReadPartOptions): Promise<ReadPart> {
  const bytes = new Uint8Array(body.size);
  const md5 = createHash("md5");
  let at = 0;
  for await (const chunk of abortableStream(exactStream(body), options.signal)) {
    bytes.set(chunk, at);
    at += chunk.length;
    md5.update(chunk);
    options.whole?.update(chunk);
  }
  return { bytes, md5: md5.digest("hex") };
}

/** The SHA-256 of bytes, lower-case hex; on another thread, beside what else goes on. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** A hash as header fields want it. */
export function base64OfHex(hex: string): string {
  return Uint8Array.fromHex(hex).toBase64();
}
