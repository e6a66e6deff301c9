/**
 * Makes a folder on the server, and those above it.
 *
 * @module
 */

import { sftpStatus, statusOf } from "./sftp_error.ts";
import type { SftpSession } from "./sftp_session.ts";
import { statPath } from "./stat_path.ts";

/** Makes the folder with mode 0700, and those above it where they are missing. */
export async function makeFolders(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  if (path === "" || path === "." || await makeFolder(session, path, signal)) return;
  const above = path.lastIndexOf("/");
  if (above > 0) await makeFolders(session, path.slice(0, above), signal);
  await makeFolder(session, path, signal);
}

/** Makes one folder; `false` where the one above is missing. */
async function makeFolder(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await session.call<void>(signal, (sftp, done) => {
      sftp.mkdir(path, { mode: 0o700 }, (error) => done(error, undefined));
    });
    return true;
  } catch (cause) {
    if (statusOf(cause) === sftpStatus.noSuchFile) return false;
    // "Failure" is what OpenSSH says where it exists already.
    if ((await statPath(session, path, signal))?.isFile === false) return true;
    throw cause;
  }
}
