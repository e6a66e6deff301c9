/**
 * Requests that a server may not know.
 *
 * @module
 */

// @ts-types="./ssh2.d.ts"
import type { SFTPWrapper } from "ssh2";
import { sftpStatus, statusOf } from "./sftp_error.ts";
import type { Done } from "./pending_calls.ts";
import type { SftpSession } from "./sftp_session.ts";

/** What came of a request that a server may not know. */
export type Extension<Result> = { readonly known: false } | {
  readonly known: true;
  readonly result: Result;
};

/** Sends a request of an extension; tells where the server did not announce it, or refuses it. */
export async function callExtension<Result>(
  session: SftpSession,
  signal: AbortSignal,
  start: (sftp: SFTPWrapper, done: Done<Result>) => void,
): Promise<Extension<Result>> {
  try {
    return await session.call<Extension<Result>>(signal, (sftp, done) => {
      try {
        start(sftp, (error, result) => done(error, { known: true, result }));
      } catch (cause) {
        // `ssh2` throws before it sends what the server did not announce.
        if (!(cause instanceof Error)) throw cause;
        done(null, { known: false });
      }
    });
  } catch (cause) {
    if (statusOf(cause) === sftpStatus.unsupported) return { known: false };
    throw cause;
  }
}
