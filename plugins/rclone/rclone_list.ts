/**
 * Looks at objects of a remote: one, or all below a folder.
 *
 * @module
 */

import { keyOfPath, keyPath, type TargetObject } from "../../core/extend/mod.ts";
import { objectOf, type RcloneEntry, readEntry } from "./rclone_entry.ts";
import type { RcloneRemote } from "./rclone_remote.ts";
import { runRclone, watchRclone } from "./run_rclone.ts";

/** Exit codes for a folder and for a file that is not there. */
const missing = [3, 4];

/** What is at the path; `undefined` where there is nothing. */
export async function statEntry(
  { program, at }: RcloneRemote,
  path: string,
  options: {
    readonly action: string;
    readonly signal: AbortSignal;
    readonly hash?: string | undefined;
  },
): Promise<RcloneEntry | undefined> {
  const { action, signal, hash } = options;
  const hashing = hash === undefined ? [] : ["--hash", `--hash-type=${hash}`];
  const args = ["lsjson", "--stat", "--no-mimetype", ...hashing, at(path)];
  const { code, text } = await runRclone(program, args, { action, signal, fine: missing });
  return code === 0 ? readEntry(text) : undefined;
}

/** The entries of a folder, with those of the folders in it where asked. */
export async function* readEntries(
  { program, at, features }: RcloneRemote,
  path: string,
  options: {
    readonly action: string;
    readonly signal: AbortSignal;
    readonly deep?: boolean | undefined;
  },
): AsyncGenerator<RcloneEntry> {
  const { action, signal, deep = false } = options;
  const stop = new AbortController();
  const flow = new TransformStream<RcloneEntry, RcloneEntry>();
  const args = [
    ...["lsjson", "--no-mimetype", "--use-server-modtime", at(path)],
    ...(deep ? ["--recursive", "--files-only"] : []),
    ...(features.vouches ? ["--hash", "--hash-type=sha256"] : []),
  ];
  const writing = writeEntries(flow.writable, (output) =>
    watchRclone(program, args, {
      action,
      signal: AbortSignal.any([signal, stop.signal]),
      fine: missing,
      output,
    }));
  try {
    yield* flow.readable;
    await writing;
  } finally {
    // Whoever leaves before the end ends the child too.
    stop.abort(new Error("the list was left before its end"));
    await Promise.allSettled([writing]);
  }
}

/** Splits the output into entries, one a line; a failure breaks the stream. */
async function writeEntries(
  writable: WritableStream<RcloneEntry>,
  run: (output: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>) => Promise<unknown>,
): Promise<void> {
  const writer = writable.getWriter();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    await run(async (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const entry = readEntry(line.replace(/,\s*$/, ""));
        if (entry !== undefined) await writer.write(entry);
      }
    });
    await writer.close();
  } catch (error) {
    await Promise.allSettled([writer.abort(error)]);
    throw error;
  }
}

/** Every finished object whose key starts with the prefix. */
export async function* listObjects(
  remote: RcloneRemote,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<TargetObject> {
  const action = `Cannot list "${prefix}"`;
  // What is before the last slash of the prefix are whole folder names.
  const folder = keyPath(prefix.slice(0, Math.max(0, prefix.lastIndexOf("/"))));
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  for await (const entry of readEntries(remote, folder, { action, signal, deep: true })) {
    if (entry.path === name) {
      // rclone lists a file as if it were a folder with itself in it.
      const found = await statEntry(remote, folder, { action, signal });
      if (found?.isDirectory !== true) return;
    }
    const key = keyOfPath(folder === "" ? entry.path : `${folder}/${entry.path}`);
    if (key?.startsWith(prefix)) yield objectOf(key, entry, remote.features.vouches);
  }
}
