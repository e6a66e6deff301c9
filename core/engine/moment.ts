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
 * header (offsets 24 and 92), its size and times, and, in WAL mode, the header of the
 * WAL index, which changes with every commit, and that of the WAL. It may change
 * without a commit (a checkpoint); the other way only as {@linkcode unsureUntil} tells. Read
 * before a snapshot begins, it is never newer than the snapshot. A connection must be open.
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

/**
 * Until when (milliseconds since 1970) a commit could follow and leave the moment as it is:
 * equal moments mean the same state only where the first was read later than this. 0 where
 * SQLite itself counts: in rollback mode each commit raises the change counter, and a WAL that
 * was written has its own salt, length and checksum. Only where the WAL is gone, because the
 * last program closed the database, a commit in WAL mode may leave no trace but the file's
 * times, which are as coarse as 2 s on FAT.
 *
 * @see https://www.sqlite.org/fileformat2.html section 1.3.7
 */
export function unsureUntil(path: string): number {
  if (readStart(path, 100)[18] !== 2) return 0;
  // Offsets 16 and 32 of the WAL index: valid frames, and the salts of their WAL.
  const index = readStart(`${path}-shm`, 48);
  const isWritten = [...index.subarray(16, 20), ...index.subarray(32, 40)].some((byte) => byte > 0);
  if (isWritten) return 0;
  const { mtimeNs, ctimeNs, mtimeMs, ctimeMs } = statSync(path, { bigint: true });
  const isCoarse = [mtimeNs, ctimeNs].some((time) => time % 1_000_000_000n === 0n);
  if (isCoarse) return Number.MAX_SAFE_INTEGER;
  return Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) + COARSEST_MS;
}

/** Longer than any clock of a filesystem that shows parts of a second takes for one step. */
const COARSEST_MS = 3_000;

/** Size, inode, and the times of the last writing and of the last change, in nanoseconds. */
function stamp(path: string): string {
  const { size, ino, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [size, ino, mtimeNs, ctimeNs].map((value) => value.toString(36)).join(".");
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
