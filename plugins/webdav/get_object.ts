/**
 * Reading a file, from a byte on.
 *
 * @module
 */

import { type GetOptions, TargetError } from "../../core/extend/mod.ts";
import { findObject } from "./find_object.ts";
import type { WebdavClient } from "./webdav_client.ts";
import { connectionError } from "./webdav_error.ts";

/** The bytes of a file from the offset on; throws `not_found` where there is none. */
export async function getObject(
  client: WebdavClient,
  key: string,
  { signal, offset = 0 }: GetOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const action = `Cannot read "${key}"`;
  // Asked first, because a folder has a page too.
  const found = await findObject(client, key, signal);
  if (found === undefined) throw new TargetError("not_found", `${action}: there is none`);
  const size = Math.max(0, found.size - offset);
  if (size === 0) return ReadableStream.from([]);
  const response = await client.request({
    action,
    method: "GET",
    path: key,
    ...(offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } }),
    signal,
  });
  // A server may give all bytes where a part was asked for (RFC 9110 §14.2).
  const skip = response.status === 206 ? 0 : offset;
  return told(response.body ?? ReadableStream.from([]), { action, signal, skip, size });
}

/** The bytes of an answer; a connection that breaks, or ends early, is `unavailable`. */
function told(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  { action, signal, skip, size }: {
    readonly action: string;
    readonly signal: AbortSignal;
    readonly skip: number;
    readonly size: number;
  },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let at = -skip;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          const wanted = value.subarray(Math.max(0, -at));
          at += value.length;
          if (wanted.length > 0) return controller.enqueue(wanted);
        }
        if (at !== size) {
          throw new TargetError("unavailable", `${action}: ${at} of ${size} bytes came`);
        }
        controller.close();
      } catch (cause) {
        throw connectionError(action, cause, signal);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
