/**
 * Removes one object, what was left of uploading it, and folders that are empty then.
 *
 * @module
 */

import { keyPath, partPath } from "../../core/extend/mod.ts";
import { unlink } from "./put_file.ts";
import { statusOf } from "./sftp_error.ts";
import type { Place } from "./sftp_target.ts";

/** Removes the object; it is no error where there is none. */
export async function removeFile(place: Place, key: string, signal: AbortSignal): Promise<void> {
  const { session, root } = place;
  await unlink(session, `${root}/${keyPath(key)}`, signal);
  await unlink(session, `${root}/${partPath(key)}`, signal);
  const parts = keyPath(key).split("/");
  while (parts.pop() !== undefined && parts.length > 0) {
    try {
      await session.call<void>(signal, (sftp, done) => {
        sftp.rmdir(`${root}/${parts.join("/")}`, (error) => done(error, undefined));
      });
    } catch (cause) {
      // Not empty, or gone: either way there is nothing to tidy above it.
      if (statusOf(cause) === undefined) throw cause;
      return;
    }
  }
}
