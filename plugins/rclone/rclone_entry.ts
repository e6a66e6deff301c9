/**
 * Reads what `rclone lsjson` tells of an object.
 *
 * @module
 */

import type { TargetObject } from "../../core/extend/mod.ts";
import { field, parseJson } from "./rclone_log.ts";

/** An entry of a remote. */
export interface RcloneEntry {
  /** Relative to the folder that was listed. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; -1 where the remote does not know. */
  readonly size: number;
  readonly modifiedAt: Temporal.Instant | undefined;
  readonly hashes: unknown;
}

/** Reads one entry; `undefined` where the text is none. */
export function readEntry(text: string): RcloneEntry | undefined {
  const value = parseJson(text);
  const [path, size] = [field(value, "Path"), field(value, "Size")];
  if (typeof path !== "string" || typeof size !== "number") return undefined;
  return {
    path,
    isDirectory: field(value, "IsDir") === true,
    size,
    modifiedAt: readTime(field(value, "ModTime")),
    hashes: field(value, "Hashes"),
  };
}

/** The hash of an entry, lower-case hex. */
export function hashOf(entry: RcloneEntry, type: string): string | undefined {
  const hash = field(entry.hashes, type);
  return typeof hash === "string" && /^[0-9a-f]+$/i.test(hash) ? hash.toLowerCase() : undefined;
}

/** An entry as an object of the target. */
export function objectOf(key: string, entry: RcloneEntry, vouches: boolean): TargetObject {
  const { size, modifiedAt } = entry;
  return { key, size, modifiedAt, sha256: vouches ? hashOf(entry, "sha256") : undefined };
}

/** A time with its offset; `undefined` where the remote knows none. */
function readTime(value: unknown): Temporal.Instant | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  try {
    return Temporal.Instant.from(value);
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}
