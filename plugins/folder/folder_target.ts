/**
 * A folder as a target: a USB drive, a network share, a synced folder.
 *
 * @module
 */

import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  abortableStream,
  exactStream,
  fileBody,
  makePrivateDir,
  syncDir,
  type Target,
  TargetError,
  type TargetObject,
  writeFileAtomic,
} from "../../core/extend/mod.ts";
import { Drive, type DriveOptions } from "./drive.ts";
import { driveError } from "./drive_error.ts";
import { keyPart, portableName } from "./portable_name.ts";
import { sweepUnfinished } from "./sweep_unfinished.ts";

/**
 * A target in a folder. Objects appear whole and synced; their names are those of
 * the keys where every file system takes them. Needs `--allow-read` and
 * `--allow-write` for the folder, and `--allow-sys=statfs` for `quota`.
 *
 * Throws `unavailable` where its drive is not mounted, `denied` where it is
 * another drive than before, `full` where there is no room.
 */
export function folderTarget(options: DriveOptions): Target {
  const drive = new Drive(options);
  const swept = new Set<string>();
  return {
    put: (key, body, { signal, onProgress }) =>
      tried(`Cannot store "${key}" in "${options.path}"`, signal, async () => {
        const root = await drive.prepare();
        const path = pathOf(root, key);
        const folder = dirname(path);
        if (await statOf(folder) === undefined) {
          await makePrivateDir(folder);
          await syncDir(dirname(folder));
        }
        await writeFileAtomic(path, abortableStream(exactStream(body), signal), {
          signal,
          onProgress,
          // The drive may have gone meanwhile and left its empty mount point.
          beforeRename: async () => void await drive.find(),
        });
        if (!swept.has(folder)) await sweepUnfinished(folder, path);
        swept.add(folder);
      }),
    get: (key, { signal, offset = 0 }) => {
      const action = `Cannot read "${key}" in "${options.path}"`;
      return tried(action, signal, async () => {
        const root = await drive.find();
        if (root === undefined || await fileOf(root, key) === undefined) {
          throw new TargetError("not_found", `Cannot find "${key}"`);
        }
        const body = await fileBody(pathOf(root, key));
        return abortableStream(told(action, body.slice(offset, body.size).stream()), signal);
      });
    },
    stat: (key, { signal }) =>
      tried(`Cannot look at "${key}" in "${options.path}"`, signal, async () => {
        const root = await drive.find();
        const found = root === undefined ? undefined : await fileOf(root, key);
        return found && objectOf(key, found);
      }),
    async *list(prefix, { signal }) {
      const action = `Cannot list "${prefix}" in "${options.path}"`;
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
      tried(`Cannot remove "${key}" in "${options.path}"`, signal, async () => {
        const root = await drive.find();
        if (root === undefined || await fileOf(root, key) === undefined) return;
        await Deno.remove(pathOf(root, key));
        await syncDir(dirname(pathOf(root, key)));
      }),
    quota: ({ signal }) =>
      tried(`Cannot tell the room in "${options.path}"`, signal, async () => {
        const root = await drive.find() ?? dirname(options.path);
        const { blocks, bfree, bavail, bsize } = await statfs(root);
        return { total: blocks * bsize, used: (blocks - bfree) * bsize, free: bavail * bsize };
      }),
  };
}

/** The file of a key. */
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

/** What the system knows of the file of a key; `undefined` where there is none. */
async function fileOf(root: string, key: string): Promise<Deno.FileInfo | undefined> {
  const found = await statOf(pathOf(root, key));
  return found?.isFile ? found : undefined;
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
