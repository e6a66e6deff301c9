/**
 * How much an archive may claim before it is refused as a bomb.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";

/** What an archive may hold at most. */
export interface ArchiveLimits {
  /** Files in it. */
  readonly maxEntries: number;
  /** Plain bytes of all files together. */
  readonly maxTotalSize: number;
  /** Plain bytes for one packed byte, judged per file of at least `ratioFrom` bytes. */
  readonly maxRatio: number;
  /** Plain bytes from which the ratio is judged: small files shrink as they like. */
  readonly ratioFrom: number;
}

/**
 * The limits that hold where none are given. Deflate itself cannot shrink more
 * than 1032:1; a database full of zeros comes near that, ordinary ones stay below 50:1.
 */
export const defaultLimits: ArchiveLimits = {
  maxEntries: 100_000,
  maxTotalSize: 2 ** 40,
  maxRatio: 250,
  ratioFrom: 256 * 1024 * 1024,
};

/** What the limits look at. */
export interface SizedEntry {
  readonly name: string;
  readonly size: number;
  readonly packedSize: number;
}

/** Refuses, as `invalid`, entries that go beyond the limits together or alone. */
export function checkLimits(entries: readonly SizedEntry[], limits: ArchiveLimits): void {
  if (entries.length > limits.maxEntries) throw tooMany(limits.maxEntries);
  let total = 0;
  for (const { name, size, packedSize } of entries) {
    total += size;
    if (total > limits.maxTotalSize) {
      throw new TargetError(
        "invalid",
        `Cannot unpack the archive: its files take more than ${limits.maxTotalSize} bytes`,
        { hint: "If you trust where it comes from, raise maxTotalSizeMB." },
      );
    }
    if (size >= limits.ratioFrom && size > packedSize * limits.maxRatio) {
      throw new TargetError(
        "invalid",
        `Cannot unpack the archive: "${name}" would grow from ${packedSize} to ${size} bytes`,
        { hint: "If you trust where it comes from, raise maxRatio." },
      );
    }
  }
}

/** The refusal of an archive with too many entries, before all of them are read. */
export function tooMany(maxEntries: number): TargetError {
  return new TargetError(
    "invalid",
    `Cannot unpack the archive: it holds more than ${maxEntries} files`,
    { hint: "If you trust where it comes from, raise maxEntries." },
  );
}
