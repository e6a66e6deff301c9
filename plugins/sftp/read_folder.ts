/**
 * The entries of one folder on the server.
 *
 * @module
 */

import { sftpStatus, statusOf } from "./sftp_error.ts";
import type { SftpSession } from "./sftp_session.ts";
import { type RawStat, type RemoteStat, remoteStat } from "./stat_path.ts";

/** An entry of a folder. */
export interface Entry extends RemoteStat {
  readonly name: string;
}

/** The entries of a folder; none where it is not there. */
export async function readFolder(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<Entry[]> {
  type Raw = readonly { readonly filename: string; readonly attrs: RawStat }[];
  try {
    const entries = await session.call<Raw>(signal, (sftp, done) => sftp.readdir(path, done));
    return entries
      .filter(({ filename }) => filename !== "." && filename !== "..")
      .map(({ filename, attrs }) => ({ name: filename, ...remoteStat(attrs) }));
  } catch (cause) {
    if (statusOf(cause) === sftpStatus.noSuchFile) return [];
    throw cause;
  }
}
