/**
 * The bytes of one file of an archive, checked.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { archiveError, damaged } from "./archive_error.ts";
import type { EntrySeal } from "./archive_metadata.ts";
import type { ReadArchiveOptions } from "./open_archive.ts";
import type { FileEntry } from "./zip_library.ts";

/** What reading one file takes. */
export interface ReadEntryOptions extends Pick<ReadArchiveOptions, "signal" | "password"> {
  /** What the facts in the archive say of it. */
  readonly seal?: EntrySeal | undefined;
  /** Called with the bytes of each piece, before it is known whether the whole is sound. */
  readonly onChunk?: ((chunk: Uint8Array<ArrayBuffer>) => void | Promise<void>) | undefined;
}

/**
 * Reads one file to its end and gives the SHA-256 of its bytes. Throws `corrupt`
 * where its size, its CRC-32, its authentication code or its SHA-256 is another
 * than the archive says, and `denied` for a missing or wrong password.
 */
export async function readEntry(entry: FileEntry, options: ReadEntryOptions): Promise<string> {
  const hash = createHash("sha256");
  let size = 0;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    async write(chunk): Promise<void> {
      size += chunk.length;
      if (size > entry.uncompressedSize) throw lying(entry.filename);
      hash.update(chunk);
      await options.onChunk?.(chunk);
    },
  });
  try {
    await entry.getData(sink, {
      signal: options.signal,
      checkCrc32: true,
      checkAuthenticationCode: true,
      checkOverlappingEntry: true,
      strictness: "strict",
      ...(options.password === undefined ? {} : { password: options.password }),
    });
  } catch (cause) {
    throw archiveError(cause, { signal: options.signal, entry: entry.filename });
  }
  const sha256 = hash.digest("hex");
  if (size !== entry.uncompressedSize) throw lying(entry.filename);
  if (options.seal !== undefined && options.seal.sha256 !== sha256) {
    throw damaged(`the bytes of "${entry.filename}" are not those that were packed`);
  }
  return sha256;
}

/** Reads a small file whole. Throws `corrupt` beyond `limit` bytes. */
export async function readSmallEntry(
  entry: FileEntry,
  limit: number,
  options: ReadEntryOptions,
): Promise<string> {
  if (entry.uncompressedSize > limit) throw damaged(`"${entry.filename}" is too large`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readEntry(entry, { ...options, onChunk: (chunk) => void chunks.push(chunk.slice()) });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      await new Blob(chunks).arrayBuffer(),
    );
  } catch (cause) {
    throw damaged(`"${entry.filename}" is no text`, cause);
  }
}

/** The error for a file that is not as long as the directory says. */
function lying(name: string): Error {
  return damaged(`"${name}" has another size than its directory says`);
}
