/**
 * One file of an archive, as its directory describes it.
 *
 * @module
 */

import { refused } from "./archive_error.ts";
import { nameProblem } from "./archive_name.ts";
import type { Entry, FileEntry } from "./zip_library.ts";

/** A file of an archive. */
export interface ArchiveEntry {
  /** Its `/`-separated name. */
  readonly name: string;
  /** Plain bytes, as the archive says; reading checks it. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly packedSize: number;
  /** When it was last changed. */
  readonly modifiedAt: Temporal.Instant;
  /** Whether a password is needed. */
  readonly encrypted: boolean;
  /** SHA-256 of the plain bytes, from the facts in the archive or from reading it. */
  readonly sha256?: string | undefined;
}

/** PKWARE APPNOTE 4.4.5: stored and deflated. */
const knownMethods: readonly number[] = [0, 8];

/** `S_IFMT`, and what a regular file has there. */
const typeMask = 0o170000;
const regularFile = 0o100000;

/**
 * An entry of the directory, looked over. `undefined` for a folder: folders are
 * made for the files in them. Throws `invalid` for everything that is no plain file
 * with a harmless name.
 */
export function fileOf(entry: Entry): FileEntry | undefined {
  const isFolder = entry.filename.endsWith("/");
  const problem = nameProblem(isFolder ? entry.filename.slice(0, -1) : entry.filename);
  if (problem !== undefined) throw refused(`the name "${printable(entry.filename)}": ${problem}`);
  const type = ((entry.unixMode ?? 0) | (entry.externalFileAttributes >>> 16)) & typeMask;
  if (entry.symlink) throw refused(`"${entry.filename}" is a symbolic link`);
  if (entry.directory) {
    if (isFolder && entry.uncompressedSize === 0) return undefined;
    throw refused(`"${entry.filename}" is a folder with content`);
  }
  if (isFolder || (type !== 0 && type !== regularFile)) {
    throw refused(`"${entry.filename}" is no regular file`);
  }
  if (entry.zipCrypto) {
    throw refused(`"${entry.filename}" is encrypted with ZipCrypto, which anyone can break`);
  }
  if (!knownMethods.includes(entry.compressionMethod)) {
    throw refused(`"${entry.filename}" is packed in a way that is not known here`);
  }
  return entry;
}

/** What is told of a file. */
export function describe(entry: FileEntry): ArchiveEntry {
  return {
    name: entry.filename,
    size: entry.uncompressedSize,
    packedSize: entry.compressedSize,
    modifiedAt: Temporal.Instant.fromEpochMilliseconds(entry.lastModDate.getTime()),
    encrypted: entry.encrypted,
  };
}

/** A name as it can be shown in a terminal. */
function printable(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, "?");
}
