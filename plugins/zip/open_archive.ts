/**
 * Reads the directory of an archive and refuses what is not sound.
 *
 * @module
 */

import type { Body } from "../../core/extend/mod.ts";
import { describe, fileOf } from "./archive_entry.ts";
import { archiveError, damaged, refused } from "./archive_error.ts";
import { type ArchiveLimits, checkLimits, defaultLimits, tooMany } from "./archive_limits.ts";
import { clashingName, metadataEntry } from "./archive_name.ts";
import { BodyReader } from "./body_reader.ts";
import { type FileEntry, ZipReader } from "./zip_library.ts";

/** What reading an archive takes. */
export interface ReadArchiveOptions {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** The password, where it is encrypted. */
  readonly password?: string | undefined;
  /** What it may hold at most; {@linkcode defaultLimits} for what is not given. */
  readonly limits?: Partial<ArchiveLimits> | undefined;
  /** Called with the plain bytes done so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** An archive whose directory was looked over. */
export interface OpenArchive {
  /** Its files in the order of their bytes, without the facts. */
  readonly files: readonly FileEntry[];
  /** The entry of the facts. */
  readonly metadata: FileEntry | undefined;
}

/** Bytes of a local header without its name: PKWARE APPNOTE 4.3.7. */
const localHeaderSize = 30;

/**
 * Opens an archive without unpacking anything. Throws `corrupt` for a damaged
 * directory, and `invalid` for what may harm: names that lead out of the folder,
 * links, duplicates, entries that share bytes, more than the limits allow.
 */
export async function openArchive(body: Body, options: ReadArchiveOptions): Promise<OpenArchive> {
  const limits = { ...defaultLimits, ...options.limits };
  const files: FileEntry[] = [];
  try {
    const zip = new ZipReader(new BodyReader(body), { strictness: "strict" });
    let seen = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      options.signal.throwIfAborted();
      // One more than the files: the facts.
      if (seen++ > limits.maxEntries) throw tooMany(limits.maxEntries);
      const file = fileOf(entry);
      if (file !== undefined) files.push(file);
    }
  } catch (cause) {
    throw archiveError(cause, options);
  }
  checkTogether(files);
  const content = files.filter((file) => file.filename !== metadataEntry);
  checkLimits(content.map(describe), limits);
  return {
    files: content.sort((a, b) => a.offset - b.offset),
    metadata: files.find((file) => file.filename === metadataEntry),
  };
}

/** Refuses entries that are sound alone but not together. */
function checkTogether(files: readonly FileEntry[]): void {
  const clash = clashingName(files.map((file) => file.filename));
  if (clash !== undefined) throw refused(`"${clash.name}": ${clash.why}`);
  const encrypted = files.filter((file) => file.encrypted);
  const plain = files.find((file) => !file.encrypted);
  if (encrypted.length > 0 && plain !== undefined) {
    throw refused(`"${plain.filename}" is not encrypted, though others are`);
  }
  let end = 0;
  for (const file of files.toSorted((a, b) => a.offset - b.offset)) {
    if (file.offset < end) throw damaged(`"${file.filename}" shares bytes with another file`);
    end = file.offset + localHeaderSize + file.rawFilename.length + file.compressedSize;
  }
}
