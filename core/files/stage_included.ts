/**
 * Copies the files that travel with a database, each as it is at one moment.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { IncludedFile, SkippedFile } from "./included_files.ts";
import { makePrivateDir, writeWhole } from "./atomic_file.ts";
import { fileError, isDenied } from "./file_error.ts";

/** A file that was copied. */
export interface StagedFile extends IncludedFile {
  /** Where the copy lies. */
  readonly staged: string;
  /** SHA-256 of the copy, lower-case hex. */
  readonly sha256: string;
  /** It changed each time it was read: the copy may mix two states. */
  readonly unsettled: boolean;
}

/** What {@linkcode stageIncludedFiles} is given. */
export interface StageOptions {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Called with the bytes copied so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** The copies, and what vanished since it was found. */
export interface StagedFiles {
  readonly files: readonly StagedFile[];
  readonly skipped: readonly SkippedFile[];
}

/** How often a file that changes while it is read is read. */
const tries = 3;

/** Bytes of one read. */
const readSize = 1024 * 1024;

/**
 * Copies each file below the folder `into`, after the snapshot was taken: one whose
 * size, time or inode changed while it was read is read again. Files found before
 * and gone now are told as missing. Copies have mode 0600.
 *
 * It opens the files: run it in a process of its own, because closing a file drops
 * the locks that the application in the same process holds on it (POSIX `fcntl`).
 * Throws `NO_SPACE`, `PERMISSION_DENIED` or `BACKUP_FAILED`.
 */
export async function stageIncludedFiles(
  files: readonly IncludedFile[],
  into: string,
  options: StageOptions,
): Promise<StagedFiles> {
  const staged: StagedFile[] = [];
  const skipped: SkippedFile[] = [];
  let done = 0;
  for (const file of files) {
    options.signal.throwIfAborted();
    const copy = await stageOne(file, join(into, ...file.name.split("/")), options.signal);
    if ("why" in copy) skipped.push(copy);
    else {
      staged.push(copy);
      options.onProgress?.(done += copy.size);
    }
  }
  return { files: staged, skipped };
}

/** Copies one file. */
async function stageOne(
  file: IncludedFile,
  staged: string,
  signal: AbortSignal,
): Promise<StagedFile | SkippedFile> {
  await makePrivateDir(dirname(staged));
  try {
    for (let turn = 1;; turn++) {
      const before = await Deno.lstat(file.path);
      if (!before.isFile) {
        return { name: file.name, why: before.isSymlink ? "link" : "special" };
      }
      const copy = await copyHashed(file.path, staged, signal);
      const after = await Deno.lstat(file.path);
      const settled = stateOf(before) === stateOf(copy.info) &&
        stateOf(copy.info) === stateOf(after) && copy.size === after.size;
      // Another file each time: nothing says that it is not one from elsewhere, through a link.
      const same = before.dev === copy.info.dev && before.ino === copy.info.ino;
      if (!same && turn === tries) return { name: file.name, why: "unreadable" };
      if (settled || turn === tries) {
        const modifiedMs = copy.info.mtime?.getTime() ?? file.modifiedMs;
        const { size, sha256 } = copy;
        return { ...file, size, modifiedMs, staged, sha256, unsettled: !settled };
      }
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return { name: file.name, why: "missing" };
    if (isDenied(cause)) return { name: file.name, why: "unreadable" };
    if (signal.aborted) throw signal.reason;
    throw fileError(`Cannot copy "${file.path}"`, cause, "BACKUP_FAILED");
  }
}

/** What changes with the content of a file. */
function stateOf({ dev, ino, size, mtime }: Deno.FileInfo): string {
  return [dev, ino, size, mtime?.getTime()].join(" ");
}

/** Copies the bytes of a file over the copy of an earlier turn. */
async function copyHashed(
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<{ readonly size: number; readonly sha256: string; readonly info: Deno.FileInfo }> {
  using source = await Deno.open(from);
  const info = await source.stat();
  using copy = await Deno.open(to, { write: true, create: true, truncate: true, mode: 0o600 });
  const hash = createHash("sha256");
  const chunk = new Uint8Array(readSize);
  let size = 0;
  for (let count = await source.read(chunk); count !== null; count = await source.read(chunk)) {
    signal.throwIfAborted();
    const bytes = chunk.subarray(0, count);
    hash.update(bytes);
    await writeWhole(copy, bytes);
    size += count;
    // A file that grows as fast as it is read would never end.
    if (size > info.size) break;
  }
  return { size, sha256: hash.digest("hex"), info };
}
