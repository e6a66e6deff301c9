/**
 * Reading an object, from a byte on.
 *
 * @module
 */

import { type GetOptions, TargetError } from "../../core/extend/mod.ts";
import type { S3Client } from "./s3_client.ts";
import { connectionError } from "./s3_error.ts";

/** The bytes of an object from the offset on; throws `not_found` where there is none. */
export async function getObject(
  client: S3Client,
  key: string,
  { signal, offset = 0 }: GetOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const action = `Cannot read "${key}"`;
  const response = await client.request({
    action,
    method: "GET",
    key,
    ...(offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } }),
    expected: [416],
    signal,
  });
  if (response.status === 416 || response.body === null) {
    await response.body?.cancel();
    return ReadableStream.from([]);
  }
  if (offset > 0 && response.status !== 206) {
    await response.body.cancel();
    throw new TargetError("invalid", `${action}: the store cannot begin at byte ${offset}`);
  }
  const length = response.headers.get("content-length");
  const size = length === null ? undefined : Number(length);
  return told(response.body, { action, signal, size });
}

/** The bytes of an answer; a connection that breaks, or ends early, is `unavailable`. */
function told(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  { action, signal, size }: {
    readonly action: string;
    readonly signal: AbortSignal;
    readonly size: number | undefined;
  },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let count = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          count += value.length;
          return controller.enqueue(value);
        }
        if (size !== undefined && count !== size) {
          throw new TargetError("unavailable", `${action}: ${count} of ${size} bytes came`);
        }
        controller.close();
      } catch (cause) {
        throw connectionError(action, cause, signal);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
