/**
 * The five verbs through rclone.
 *
 * @module
 */

import {
  abortableStream,
  keyPath,
  type Target,
  type TargetCallOptions,
  TargetError,
  type TargetQuota,
} from "../../core/extend/mod.ts";
import { objectOf } from "./rclone_entry.ts";
import { listObjects, statEntry } from "./rclone_list.ts";
import { field, parseJson } from "./rclone_log.ts";
import { putObject } from "./rclone_put.ts";
import { openRemote, type RcloneRemote } from "./rclone_remote.ts";
import { removeObject } from "./rclone_remove.ts";
import type { RcloneSettings } from "./rclone_settings.ts";
import { runRclone, watchRclone } from "./run_rclone.ts";

/**
 * A target on anything that rclone reaches, each verb a child process or a few.
 * The first verb checks the version. Needs `--allow-run` for the program.
 */
export function rcloneTarget(read: () => Promise<RcloneSettings>): Target {
  let opened: Promise<RcloneRemote> | undefined;
  const reads = new Set<Promise<void>>();
  const swept = new Set<string>();
  const open = async (options: TargetCallOptions): Promise<RcloneRemote> => {
    options.signal.throwIfAborted();
    const before = opened;
    if (before !== undefined) {
      const [outcome] = await Promise.allSettled([before]);
      options.signal.throwIfAborted();
      if (outcome.status === "fulfilled") return outcome.value;
    }
    if (opened === before) opened = read().then((settings) => openRemote(settings, options));
    return await (opened ?? open(options));
  };
  return {
    put: async (key, body, options) => putObject(await open(options), { key, body, ...options }),
    get: async (key, { signal, offset = 0 }) =>
      readObject(await open({ signal }), {
        key,
        signal,
        offset,
        onStart(ended): void {
          reads.add(ended);
          ended.then(() => reads.delete(ended));
        },
      }),
    async stat(key, options) {
      const remote = await open(options);
      const entry = await statEntry(remote, keyPath(key), {
        action: `Cannot look at "${key}"`,
        signal: options.signal,
        hash: remote.features.vouches ? "sha256" : undefined,
      });
      if (entry === undefined || entry.isDirectory) return undefined;
      return objectOf(key, entry, remote.features.vouches);
    },
    async *list(prefix, options) {
      yield* listObjects(await open(options), prefix, options.signal);
    },
    remove: async (key, options) => removeObject(await open(options), key, { ...options, swept }),
    quota: async (options) => quota(await open(options), options),
    async close(): Promise<void> {
      await Promise.all(reads);
    },
  };
}

/** The bytes of an object. The child ends with the stream. */
async function readObject(
  remote: RcloneRemote,
  { key, signal, offset, onStart }: {
    readonly key: string;
    readonly signal: AbortSignal;
    readonly offset: number;
    readonly onStart: (ended: Promise<void>) => void;
  },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const action = `Cannot read "${key}"`;
  const entry = await statEntry(remote, keyPath(key), { action, signal });
  if (entry === undefined || entry.isDirectory) {
    throw new TargetError("not_found", `Cannot find "${key}" at the remote`);
  }
  const wanted = entry.size - offset;
  if (entry.size >= 0 && wanted <= 0) return ReadableStream.from([]);
  const stop = new AbortController();
  const flow = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = flow.writable.getWriter();
  let count = 0;
  const reading = async (): Promise<void> => {
    try {
      await watchRclone(remote.program, ["cat", remote.at(keyPath(key)), `--offset=${offset}`], {
        action,
        signal: AbortSignal.any([signal, stop.signal]),
        output: async (chunk) => {
          count += chunk.length;
          await writer.write(chunk);
        },
      });
      if (entry.size >= 0 && count !== wanted) throw shortened(key, count, wanted);
      await writer.close();
    } catch (error) {
      await Promise.allSettled([writer.abort(error)]);
    }
  };
  // Whoever stops reading ends the child.
  writer.closed.catch((reason) => stop.abort(reason));
  const ended = reading();
  onStart(ended);
  return abortableStream(untilEnded(flow.readable, ended), signal);
}

/** The stream; its end, and its cancelling, wait for the child. */
function untilEnded(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  ended: Promise<void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      await ended;
      controller.close();
    },
    async cancel(reason): Promise<void> {
      await reader.cancel(reason);
      await ended;
    },
  }, { highWaterMark: 0 });
}

/** The error for an object that gave fewer bytes than it has. */
function shortened(key: string, count: number, wanted: number): TargetError {
  return new TargetError("corrupt", `Cannot read "${key}": ${count} of ${wanted} bytes came`, {
    hint: "Read it again; if it stays, the copy is damaged.",
  });
}

/** The room, where the remote knows it. */
async function quota(
  { program, at, features }: RcloneRemote,
  { signal }: TargetCallOptions,
): Promise<TargetQuota> {
  if (!features.about) return {};
  const action = "Cannot ask for the free space";
  const { text } = await runRclone(program, ["about", "--json", at("")], { action, signal });
  const answer = parseJson(text);
  const bytes = (name: string): number | undefined => {
    const value = field(answer, name);
    return typeof value === "number" && value >= 0 ? value : undefined;
  };
  return {
    total: bytes("total"),
    used: bytes("used"),
    free: bytes("free"),
    trash: bytes("trashed"),
  };
}
