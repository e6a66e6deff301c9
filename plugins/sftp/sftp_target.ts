/**
 * The five verbs over SFTP.
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
import { download } from "./download.ts";
import { putFile } from "./put_file.ts";
import { listFolder } from "./remote_list.ts";
import { removeFile } from "./remove_file.ts";
import { sessionKeeper } from "./session_keeper.ts";
import { sftpError, sftpStatus, statusOf } from "./sftp_error.ts";
import { openSftpFile } from "./sftp_file.ts";
import type { SftpSession } from "./sftp_session.ts";
import type { SftpSettings } from "./sftp_settings.ts";
import { freeSpace, statPath } from "./stat_path.ts";

/** A place on an SFTP server: its connection and the folder with the copies. */
export interface Place {
  readonly session: SftpSession;
  /** The folder, without a slash at its end. */
  readonly root: string;
}

/**
 * A target on an SFTP server. It connects with the first verb; `read` gives the
 * settings, the secrets among them. Needs `--allow-net`, and `--allow-read` for a
 * private key file.
 */
export function sftpTarget(read: () => Promise<SftpSettings>): Target {
  let root = ".";
  const keeper = sessionKeeper(async () => {
    const settings = await read();
    root = settings.path;
    return settings;
  });
  const work = async <Result>(
    action: string,
    { signal }: TargetCallOptions,
    run: (place: Place) => Promise<Result>,
  ): Promise<Result> => {
    signal.throwIfAborted();
    try {
      const session = await keeper.session(signal);
      return await run({ session, root });
    } catch (cause) {
      signal.throwIfAborted();
      throw sftpError(action, cause);
    }
  };
  return {
    put: (key, body, options) =>
      work(`Cannot store "${key}"`, options, (place) => putFile(place, { key, body, ...options })),
    get: (key, { signal, offset = 0 }) =>
      work(`Cannot read "${key}"`, { signal }, (place) => getFile(place, { key, signal, offset })),
    stat: (key, options) =>
      work(`Cannot look at "${key}"`, options, async ({ session, root }) => {
        const found = await statPath(session, `${root}/${keyPath(key)}`, options.signal);
        return found?.isFile ? { key, size: found.size, modifiedAt: found.modifiedAt } : undefined;
      }),
    async *list(prefix, options) {
      const action = `Cannot list "${prefix}"`;
      const place = await work(action, options, (place) => Promise.resolve(place));
      try {
        yield* listFolder(place, prefix, options.signal);
      } catch (cause) {
        options.signal.throwIfAborted();
        throw sftpError(action, cause);
      }
    },
    remove: (key, options) =>
      work(`Cannot remove "${key}"`, options, (place) => removeFile(place, key, options.signal)),
    quota: (options) =>
      work("Cannot ask for the free space", options, (place) => quota(place, options)),
    close: () => keeper.close(),
  };
}

/** The bytes of an object. */
async function getFile(
  { session, root }: Place,
  { key, signal, offset }: {
    readonly key: string;
    readonly signal: AbortSignal;
    readonly offset: number;
  },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const path = `${root}/${keyPath(key)}`;
  const missing = (cause?: unknown): TargetError =>
    new TargetError("not_found", `Cannot find "${key}" on the server`, { cause });
  try {
    const found = await statPath(session, path, signal);
    if (!found?.isFile) throw missing();
    const file = await openSftpFile(session, path, { mode: "r", signal });
    return abortableStream(download(file, { key, offset, end: found.size }), signal);
  } catch (cause) {
    throw statusOf(cause) === sftpStatus.noSuchFile ? missing(cause) : cause;
  }
}

/** What the file system of the folder tells; nothing where the server cannot say. */
async function quota(
  { session, root }: Place,
  { signal }: TargetCallOptions,
): Promise<TargetQuota> {
  const space = await freeSpace(session, root, signal);
  if (space === undefined) return {};
  return { total: space.total, free: space.free, used: space.total - space.free };
}
