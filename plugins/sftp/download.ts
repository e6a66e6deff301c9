/**
 * Reads a file on the server, several reads on the way at once.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";
import type { SftpFile } from "./sftp_file.ts";
import { sftpError } from "./sftp_error.ts";

/** Bytes of one read. */
const readSize = 128 * 1024;
/** Reads that may be on the way. */
const atOnce = 24;

/** What {@linkcode download} is given. */
export interface DownloadOptions {
  /** What is read, for messages. */
  readonly key: string;
  /** The first byte. */
  readonly offset: number;
  /** The byte after the last. */
  readonly end: number;
}

/** The bytes of a file. It is closed when the stream ends, breaks or is cancelled. */
export function download(
  file: SftpFile,
  { key, offset, end }: DownloadOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reads: Promise<Uint8Array<ArrayBuffer>>[] = [];
  let position = offset;
  const ask = (): void => {
    while (reads.length < atOnce && position < end) {
      const length = Math.min(readSize, end - position);
      const read = readWhole(file, { key, position, length });
      read.catch(() => undefined); // Awaited in its turn, or given up with the rest.
      reads.push(read);
      position += length;
    }
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        ask();
        const bytes = await reads.shift();
        if (bytes !== undefined) return controller.enqueue(bytes);
        await file[Symbol.asyncDispose]();
        controller.close();
      } catch (cause) {
        await file[Symbol.asyncDispose]();
        throw sftpError(`Cannot read "${key}"`, cause);
      }
    },
    cancel: () => file[Symbol.asyncDispose](),
  }, { highWaterMark: 0 });
}

/** What {@linkcode readWhole} is given. */
interface Range {
  readonly key: string;
  readonly position: number;
  readonly length: number;
}

/** A range of the file; a server may give it in pieces. */
async function readWhole(
  file: SftpFile,
  { key, position, length }: Range,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = await file.read(position, length);
  if (first.length === length) return first;
  const whole = new Uint8Array(length);
  whole.set(first);
  for (let at = first.length; at < length;) {
    const more = await file.read(position + at, length - at);
    if (more.length === 0) {
      throw new TargetError("corrupt", `Cannot read "${key}": it became shorter meanwhile`, {
        hint: "Read it again.",
      });
    }
    whole.set(more, at);
    at += more.length;
  }
  return whole;
}
