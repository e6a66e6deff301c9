/**
 * A folder as a target: a USB drive, a network share, a synced folder.
 *
 * @module
 */

import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  abortableStream,
  type Body,
  exactStream,
  fileBody,
  makePrivateDir,
  type PutOptions,
  sweepUnfinished,
  syncDir,
  type Target,
  TargetError,
  type TargetObject,
  type TargetQuota,
  writeFileAtomic,
} from "../../core/extend/mod.ts";
import { Drive, type DriveOptions } from "./drive.ts";
import { driveError } from "./drive_error.ts";
import { keyPart, portableName } from "./portable_name.ts";

/**
 * A target in a folder. Objects appear whole and synced; their names are those of
 * the keys where every file system takes them. Needs `--allow-read` and
 * `--allow-write` for the folder, and `--allow-sys=statfs` for `quota`.
 *
 * Throws `unavailable` where its drive is not mounted, `denied` where it is
 * another drive than before, `full` where there is no room.
 *
 * @example
 * ```ts
 * import { bytesBody, fileStateStore } from "@holdfast/holdfast/plugin";
 * import { folderTarget } from "@holdfast/holdfast/plugins/folder";
 *
 * const dir = await Deno.makeTempDir();
 * const target = folderTarget({ path: `${dir}/usb`, state: fileStateStore(`${dir}/state.json`) });
 * const { signal } = new AbortController();
 * await target.put("db-1/a.db", bytesBody(new Uint8Array(3)), { signal });
 * console.log((await Deno.stat(`${dir}/usb/db-1/a.db`)).size); // 3
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export function folderTarget(options: DriveOptions): Target {
  const { path: place } = options;
  const drive = new Drive(options);
  const swept = new Set<string>();
  return {
    put: (key, body, call) =>
      tried(`Cannot store "${key}" in "${place}"`, call.signal, async () => {
        const path = await storeFile(drive, key, { ...call, body });
        if (!swept.has(dirname(path))) await sweepUnfinished(dirname(path), path);
        swept.add(dirname(path));
      }),
    get: (key, { signal, offset = 0 }) => {
      const action = `Cannot read "${key}" in "${place}"`;
      return tried(action, signal, async () => {
        const found = await findFile(drive, key);
        if (found === undefined) throw new TargetError("not_found", `Cannot find "${key}"`);
        const body = await fileBody(found.path);
        return abortableStream(told(action, body.slice(offset, body.size).stream()), signal);
      });
    },
    stat: (key, { signal }) =>
      tried(`Cannot look at "${key}" in "${place}"`, signal, async () => {
        const found = await findFile(drive, key);
        return found && objectOf(key, found.info);
      }),
    async *list(prefix, { signal }) {
      const action = `Cannot list "${prefix}" in "${place}"`;
      const root = await tried(action, signal, () => drive.find());
      if (root === undefined) return;
      const parent = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      try {
        yield* objectsBelow(root, parent, { prefix, signal });
      } catch (cause) {
        signal.throwIfAborted();
        throw driveError(action, cause);
      }
    },
    remove: (key, { signal }) =>
      tried(`Cannot remove "${key}" in "${place}"`, signal, async () => {
        const found = await findFile(drive, key);
        if (found === undefined) return;
        await Deno.remove(found.path);
        await syncDir(dirname(found.path));
        await tidy(dirname(found.path), found.root);
      }),
    quota: ({ signal }) =>
      tried(`Cannot tell the room in "${place}"`, signal, async () => {
        return await roomAt(await drive.find() ?? dirname(place));
      }),
  };
}

/** The room of the file system at a path. */
async function roomAt(path: string): Promise<TargetQuota> {
  const { blocks, bfree, bavail, bsize } = await statfs(path);
  return { total: blocks * bsize, used: (blocks - bfree) * bsize, free: bavail * bsize };
}

/** Writes the file of a key and gives its path. */
async function storeFile(
  drive: Drive,
  key: string,
  options: PutOptions & { readonly body: Body },
): Promise<string> {
  const { body, signal, onProgress } = options;
  const root = await drive.prepare();
  const path = pathOf(root, key);
  if (await statOf(dirname(path)) === undefined) {
    await makePrivateDir(dirname(path));
    await syncDir(dirname(dirname(path)));
  }
  try {
    await writeFileAtomic(path, abortableStream(exactStream(body), signal), {
      signal,
      onProgress,
      // The drive may have gone meanwhile and left its empty mount point.
      beforeRename: async () => void await drive.find(),
    });
    return path;
  } catch (cause) {
    // A removal may have tidied the folder away while it was still empty.
    const isGone = await statOf(dirname(path)) === undefined;
    if (isGone && !signal.aborted) return await storeFile(drive, key, options);
    await tidy(dirname(path), root);
    throw cause;
  }
}

/** Removes the folders below the root that are empty now. */
async function tidy(path: string, root: string): Promise<void> {
  if (path === root) return;
  try {
    await Deno.remove(path);
  } catch (error) {
    // Not empty, or gone: either way there is nothing to tidy above it.
    if (error instanceof Error && "code" in error) return;
    throw error;
  }
  await tidy(dirname(path), root);
}

/** A file that is there. */
interface FoundFile {
  readonly path: string;
  readonly root: string;
  readonly info: Deno.FileInfo;
}

/** The file of a key; `undefined` where there is none. */
async function findFile(drive: Drive, key: string): Promise<FoundFile | undefined> {
  const root = await drive.find();
  if (root === undefined) return undefined;
  const path = pathOf(root, key);
  const info = await statOf(path);
  return info?.isFile ? { path, root, info } : undefined;
}

/** Where the file of a key lies. */
function pathOf(root: string, key: string): string {
  return join(root, ...key.split("/").map(portableName));
}

/** What the system knows of a file, links not followed; `undefined` where there is none. */
async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (gone) return undefined;
    throw error;
  }
}

/** What a target tells of a file. */
function objectOf(key: string, { size, mtime }: Deno.FileInfo): TargetObject {
  const modifiedAt = mtime?.toTemporalInstant();
  return { key, size, modifiedAt };
}

/** What {@linkcode objectsBelow} is given. */
interface WalkOptions {
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** The objects in a folder and those below, those with the prefix. Links are not followed. */
async function* objectsBelow(
  root: string,
  parent: string,
  options: WalkOptions,
): AsyncGenerator<TargetObject> {
  const folder = parent === "" ? root : pathOf(root, parent.slice(0, -1));
  if (!(await statOf(folder))?.isDirectory) return;
  for await (const entry of Deno.readDir(folder)) {
    options.signal.throwIfAborted();
    const part = keyPart(entry.name);
    if (part === undefined) continue;
    const key = parent + part;
    if (entry.isDirectory) {
      const may = `${key}/`.startsWith(options.prefix) || options.prefix.startsWith(`${key}/`);
      if (may) yield* objectsBelow(root, `${key}/`, options);
    } else if (entry.isFile && key.startsWith(options.prefix)) {
      const found = await statOf(join(folder, entry.name));
      if (found !== undefined) yield objectOf(key, found);
    }
  }
}

/** Runs a step; what the system throws comes out as an error of a target. */
async function tried<Result>(
  action: string,
  signal: AbortSignal,
  step: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  try {
    return await step();
  } catch (cause) {
    signal.throwIfAborted();
    throw driveError(action, cause);
  }
}

/** The same bytes; a drive that goes away in between breaks them as an error of a target. */
function told(
  action: string,
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        throw driveError(action, cause);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
