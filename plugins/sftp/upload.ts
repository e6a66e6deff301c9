/**
 * Writes a body to a file on the server, many writes on the way at once, and
 * goes on with a part that is there already.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { abortableStream, type Body, exactStream, TargetError } from "../../core/extend/mod.ts";
import type { SftpFile } from "./sftp_file.ts";

/** Bytes of one write: what OpenSSH takes at most is a little more. */
const writeSize = 128 * 1024;
/** Bytes that may be on the way: more than the channel's window of 2 MiB. */
const onTheWay = 4 * 1024 * 1024;

/** What {@linkcode upload} is given. */
export interface UploadOptions {
  /** Bytes of the body that are there already. */
  readonly offset: number;
  readonly signal: AbortSignal;
  /** Called with the bytes that the server has acknowledged in order. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** Writes the body from `offset` on. Throws what a write or the body throws. */
export async function upload(file: SftpFile, body: Body, options: UploadOptions): Promise<void> {
  const { offset, signal, onProgress } = options;
  const writes: { readonly end: number; readonly written: Promise<void> }[] = [];
  let position = offset;
  let acknowledged = offset;
  const settleFirst = async (): Promise<void> => {
    const first = writes.shift();
    if (first === undefined) return;
    await first.written;
    acknowledged = first.end;
    onProgress?.(acknowledged);
  };
  const rest = offset === 0 ? body : body.slice(offset, body.size);
  for await (const chunk of abortableStream(exactStream(rest), signal)) {
    for (let at = 0; at < chunk.length; at += writeSize) {
      const piece = chunk.subarray(at, at + writeSize);
      const written = file.write(piece, position);
      written.catch(() => undefined); // Awaited in its turn, or given up with the rest.
      position += piece.length;
      writes.push({ end: position, written });
      while (position - acknowledged > onTheWay) await settleFirst();
    }
  }
  while (writes.length > 0) await settleFirst();
}

/** The SHA-256 of the first bytes of a body, as hex. */
export async function bodySha256(body: Body, size: number, signal: AbortSignal): Promise<string> {
  return await streamSha256(body.slice(0, size).stream(), signal);
}

/** The SHA-256 of a stream, as hex; `alive` is called with each chunk. */
export async function streamSha256(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  alive?: () => void,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of abortableStream(stream, signal)) {
    hash.update(chunk);
    alive?.();
  }
  return hash.digest("hex");
}

/** Checks that the server has every byte; throws `corrupt`. */
export async function checkSize(file: SftpFile, key: string, size: number): Promise<void> {
  const found = await file.size();
  if (found === size) return;
  throw new TargetError(
    "corrupt",
    `Cannot store "${key}": the server has ${found} of ${size} bytes`,
    { hint: "Run it again: what is there is checked and replaced." },
  );
}
