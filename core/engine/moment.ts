/**
 * What identifies the committed state of a live database: it changes with every
 * commit, and costs a few reads.
 *
 * @module
 */

import { statSync } from "node:fs";
import { descriptorOf } from "./open.ts";

/**
 * The moment of the database at `path`: the change counter and version of its
 * header (offsets 24 and 92), its size and time, and, in WAL mode, the header of the
 * WAL index, which changes with every commit, and that of the WAL. It may change
 * without a commit (a checkpoint), never the other way. Read before a snapshot
 * begins, it is never newer than the snapshot. A connection must be open.
 *
 * @see https://www.sqlite.org/fileformat2.html section 1.3 and
 * https://www.sqlite.org/walformat.html section 2.1
 */
export function readMoment(path: string): string {
  const main = readStart(path, 100);
  const parts = [stamp(path), hex(main.subarray(24, 32)), hex(main.subarray(92, 96))];
  const isWal = main[18] === 2;
  if (isWal) parts.push(hex(readStart(`${path}-shm`, 48)), hex(readStart(`${path}-wal`, 32)));
  return parts.join("-");
}

/** Size, inode and time of the last change in nanoseconds. */
function stamp(path: string): string {
  const { size, ino, mtimeNs } = statSync(path, { bigint: true });
  return [size, ino, mtimeNs].map((value) => value.toString(36)).join(".");
}

/** The first bytes of a file, fewer where it is shorter or missing. */
function readStart(path: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  try {
    const file = descriptorOf(path);
    file.seekSync(0, Deno.SeekMode.Start);
    return bytes.subarray(0, file.readSync(bytes) ?? 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return bytes.subarray(0, 0);
    throw error;
  }
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
