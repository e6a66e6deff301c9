/**
 * What the server tells of a path.
 *
 * @module
 */

import { callExtension } from "./call_extension.ts";
import type { SftpSession } from "./sftp_session.ts";
import { sftpStatus, statusOf } from "./sftp_error.ts";

/** What is known of a path. */
export interface RemoteStat {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly size: number;
  readonly modifiedAt: Temporal.Instant;
}

/** The attributes as `ssh2` gives them; times are seconds. */
export interface RawStat {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}

/** The bits of a mode that tell the kind of file (stat(2)). */
const [kindBits, fileKind, directoryKind] = [0o170000, 0o100000, 0o040000];

/** Reads raw attributes. */
export function remoteStat({ mode, size, mtime }: RawStat): RemoteStat {
  return {
    isFile: (mode & kindBits) === fileKind,
    isDirectory: (mode & kindBits) === directoryKind,
    size,
    modifiedAt: Temporal.Instant.fromEpochMilliseconds(mtime * 1000),
  };
}

/** What is at the path, links not followed; `undefined` where there is nothing. */
export async function statPath(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<RemoteStat | undefined> {
  try {
    return remoteStat(
      await session.call<RawStat>(signal, (sftp, done) => sftp.lstat(path, done)),
    );
  } catch (cause) {
    if (statusOf(cause) === sftpStatus.noSuchFile) return undefined;
    // A key below an object, "a.db/x": OpenSSH says only "failure" (ENOTDIR).
    if (statusOf(cause) === sftpStatus.failure) return undefined;
    throw cause;
  }
}

/** Room on the file system of a path, in bytes. */
export interface Space {
  readonly total: number;
  readonly free: number;
}

/**
 * The room at the path, or above it where it is not there yet; `undefined` where
 * the server has no `statvfs@openssh.com`.
 */
export async function freeSpace(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<Space | undefined> {
  const at = await statPath(session, path, signal) === undefined ? "." : path;
  const answer = await callExtension<unknown>(session, signal, (sftp, done) => {
    sftp.ext_openssh_statvfs(at, done);
  });
  return answer.known ? readSpace(answer.result) : undefined;
}

/** Reads the answer, which has no type. */
function readSpace(answer: unknown): Space | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(answer));
  const size = fields.get("f_frsize");
  const [blocks, free] = [fields.get("f_blocks"), fields.get("f_bavail")];
  if (typeof size !== "number" || typeof blocks !== "number" || typeof free !== "number") {
    return undefined;
  }
  return { total: blocks * size, free: free * size };
}
