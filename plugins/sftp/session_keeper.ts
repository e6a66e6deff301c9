/**
 * Keeps one connection for all verbs and makes a new one when it broke.
 *
 * @module
 */

import { openSession, type SftpSession } from "./sftp_session.ts";
import type { SftpSettings } from "./sftp_settings.ts";

/** One connection, made when it is first needed. */
export interface SessionKeeper {
  /** The connection; made anew where it broke. Rejects with the signal's reason. */
  session(signal: AbortSignal): Promise<SftpSession>;
  /** Ends the connection, also one that is just being made. */
  close(): Promise<void>;
}

/** Keeps a connection; `read` is asked for the settings each time one is made. */
export function sessionKeeper(read: () => Promise<SftpSettings>): SessionKeeper {
  const closing = new AbortController();
  let current: Promise<SftpSession> | undefined;
  const connect = async (): Promise<SftpSession> => await openSession(await read(), closing.signal);
  const live = async (): Promise<SftpSession> => {
    const before = current;
    if (before !== undefined) {
      const session = await before;
      if (session.alive) return session;
      await session.end();
    }
    if (current === before) {
      const made = connect();
      current = made;
      made.catch(() => {
        // The next verb tries again.
        if (current === made) current = undefined;
      });
    }
    return await (current ?? live());
  };
  return {
    session: (signal) => unlessAborted(live(), signal),
    async close(): Promise<void> {
      closing.abort(new Error("the target was closed"));
      const last = current;
      if (last === undefined) return;
      const [result] = await Promise.allSettled([last]);
      if (result.status === "fulfilled") await result.value.end();
    },
  };
}

/** The result, or the signal's reason as soon as it aborts. */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
