/**
 * Files that appear whole or not at all: written under another name, synced,
 * renamed, and their folder synced.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { fileError } from "./file_error.ts";

/** How the name of an unfinished file begins: one that lies around is left of a kill. */
export const unfinishedPrefix = ".unfinished-";

/** What can become a file. */
export type FileContent =
  | string
  | Uint8Array<ArrayBuffer>
  | ReadableStream<Uint8Array<ArrayBuffer>>;

/** What {@linkcode writeFileAtomic} is given. */
export interface AtomicFileOptions {
  /** Permission bits of the file; 0o600 by default. Not on Windows. */
  readonly mode?: number | undefined;
  /** Aborted when the caller gives up: nothing is left, its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** The folder for the unfinished file, on the same file system; beside the file by default. */
  readonly staging?: string | undefined;
  /** The unfinished file itself, where a later run has to find it; a name that is unique otherwise. */
  readonly unfinished?: string | undefined;
  /** Called with the bytes written so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  /** Called when everything is written and synced, before the file appears; may throw to refuse it. */
  readonly beforeRename?: ((size: number) => void | Promise<void>) | undefined;
}

/**
 * Writes a file, or replaces it, so that at no moment, and after no kill or power
 * cut, a part of it is there. Gives its size in bytes. The folder must exist.
 * Needs `--allow-read` and `--allow-write`.
 *
 * Throws `NO_SPACE`, `PERMISSION_DENIED`, `BACKUP_FAILED` for other failures of
 * the system, the stream's own error, or the signal's reason; the unfinished file
 * is gone then.
 *
 * @example
 * ```ts
 * import { writeFileAtomic } from "@holdfast/holdfast/plugin";
 *
 * const dir = await Deno.makeTempDir();
 * console.log(await writeFileAtomic(`${dir}/note.txt`, "kept whole")); // 10
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function writeFileAtomic(
  path: string,
  content: FileContent,
  options: AtomicFileOptions = {},
): Promise<number> {
  const unfinished = options.unfinished ?? unfinishedPath(path, options.staging);
  let renamed = false;
  try {
    options.signal?.throwIfAborted();
    const size = await writeSynced(unfinished, content, { ...options, path });
    await options.beforeRename?.(size);
    options.signal?.throwIfAborted();
    await inSystem(`Cannot write "${path}"`, () => Deno.rename(unfinished, path));
    renamed = true;
    await syncDir(dirname(path));
    return size;
  } finally {
    if (!renamed) {
      await removeIfThere(unfinished);
      if (content instanceof ReadableStream && !content.locked) await content.cancel();
    }
  }
}

/**
 * Makes the folder and those above it where they are missing, with mode 0700.
 * Throws `PERMISSION_DENIED`, `NO_SPACE` or `BACKUP_FAILED`.
 */
export async function makePrivateDir(path: string): Promise<void> {
  await inSystem(
    `Cannot make the folder "${path}"`,
    () => Deno.mkdir(path, { recursive: true, mode: 0o700 }),
  );
}

/** Makes the names in a folder durable. Windows does that by itself and opens no folders. */
export async function syncDir(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  await inSystem(`Cannot sync the folder "${path}"`, async () => {
    using dir = await Deno.open(path);
    try {
      await dir.sync();
    } catch (cause) {
      // Some file systems (FAT through FUSE, SMB) know no sync of a folder: EINVAL, ENOTSUP.
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      if (code !== "EINVAL" && code !== "ENOTSUP" && code !== "EBADF") throw cause;
    }
  });
}

/** A name in the same file system that no finished file has. */
export function unfinishedPath(path: string, staging?: string): string {
  return join(staging ?? dirname(path), `${unfinishedPrefix}${crypto.randomUUID()}`);
}

/** Writes everything to a new file, that is to become `path`, and syncs it. */
async function writeSynced(
  unfinished: string,
  content: FileContent,
  options: AtomicFileOptions & { readonly path: string },
): Promise<number> {
  const action = `Cannot write "${options.path}"`;
  using file = await inSystem(
    action,
    () => Deno.open(unfinished, { write: true, createNew: true, mode: options.mode ?? 0o600 }),
  );
  let size = 0;
  const write = async (chunk: Uint8Array<ArrayBuffer>): Promise<void> => {
    options.signal?.throwIfAborted();
    await inSystem(action, () => writeWhole(file, chunk));
    size += chunk.length;
    options.onProgress?.(size);
  };
  if (typeof content === "string") await write(new TextEncoder().encode(content));
  else if (content instanceof Uint8Array) await write(content);
  else {
    const sink = new WritableStream<Uint8Array<ArrayBuffer>>({ write });
    await content.pipeTo(sink, options.signal === undefined ? {} : { signal: options.signal });
  }
  await inSystem(action, () => file.sync());
  return size;
}

/** One `write` may take a part only: goes on until all of the chunk is written. */
export async function writeWhole(
  file: { write(bytes: Uint8Array): Promise<number> },
  chunk: Uint8Array,
): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    const count = await file.write(chunk.subarray(done));
    if (count === 0) throw new Error(`the system took ${done} of ${chunk.length} bytes only`);
    done += count;
  }
}

/** Runs a step of the system; what it throws comes out as one of our errors. */
async function inSystem<Result>(action: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    throw fileError(action, cause, "BACKUP_FAILED");
  }
}

/** Removes an unfinished file; there may be none. */
async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) {
      throw fileError(`Cannot remove "${path}"`, cause, "BACKUP_FAILED");
    }
  }
}
