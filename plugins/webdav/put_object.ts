/**
 * Storing a file: under another name first, so that it appears whole or not at all.
 *
 * @module
 */

import { createHash } from "node:crypto";
import {
  abortableStream,
  type Body,
  exactStream,
  type PutOptions,
  TargetError,
} from "../../core/extend/mod.ts";
import type { Collections } from "./collections.ts";
import { findObject } from "./find_object.ts";
import { unfinishedFolder } from "./unfinished_folder.ts";
import type { WebdavClient } from "./webdav_client.ts";

/** What a server is given to clean up after the caller gave up, in milliseconds. */
const cleanUpMs = 4_000;

/**
 * Where a file lies until it is whole: the same at each try, so that none piles up,
 * and in a folder of its own, because rclone fails to list one that is written to.
 */
function unfinishedPath(key: string): string {
  return `${unfinishedFolder}/${createHash("sha256").update(key).digest("hex")}`;
}

/** What storing works with. */
export interface PutJob {
  readonly client: WebdavClient;
  readonly collections: Collections;
  /** Removes what killed runs left, once. */
  readonly sweep: (signal: AbortSignal) => Promise<void>;
  readonly key: string;
  readonly body: Body;
}

/** Stores a body under a key, all or nothing. */
export async function putObject(job: PutJob, options: PutOptions): Promise<void> {
  const { client, collections, key, body } = job;
  const { signal, onProgress } = options;
  signal.throwIfAborted();
  const unfinished = unfinishedPath(key);
  await collections.ensureFor(unfinished, signal);
  await job.sweep(signal);
  await collections.ensureFor(key, signal);
  try {
    await send(job, options);
    const found = await findObject(client, unfinished, signal);
    if (found?.size !== body.size) {
      const message = `Cannot store "${key}": ${found?.size ?? 0} of ${body.size} bytes arrived`;
      throw new TargetError("unavailable", message);
    }
    await client.status({
      action: `Cannot store "${key}"`,
      method: "MOVE",
      path: unfinished,
      headers: { destination: client.url(key).href, overwrite: "T" },
      signal,
    });
  } catch (cause) {
    collections.forget();
    await cleanUp(client, unfinished);
    throw cause;
  }
  onProgress?.(body.size);
}

/** Sends the bytes under the other name; refuses those that are not the ones that were hashed. */
async function send({ client, key, body }: PutJob, options: PutOptions): Promise<void> {
  const { signal, sha256, onProgress } = options;
  const hash = createHash("sha256");
  const hashed = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller): void {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
    flush(): void {
      const found = hash.digest("hex");
      if (sha256 === undefined || found === sha256) return;
      throw new TargetError(
        "corrupt",
        `Cannot store "${key}": its SHA-256 is "${found}", not "${sha256}"`,
        { hint: "The file changed after it was hashed: verify the backup." },
      );
    },
  });
  await client.status({
    action: `Cannot store "${key}"`,
    method: "PUT",
    path: unfinishedPath(key),
    headers: { "content-type": "application/octet-stream" },
    payload: {
      size: body.size,
      body: abortableStream(exactStream(body).pipeThrough(hashed), signal),
      // The nearest to an acknowledgement that HTTP gives before its answer.
      onSent: (bytes) => onProgress?.(Math.min(bytes, body.size)),
    },
    signal,
  });
}

/** Removes what did not become whole. */
async function cleanUp(client: WebdavClient, path: string): Promise<void> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLate), cleanUpMs);
  const action = "Cannot remove an unfinished file";
  const { signal } = deadline;
  try {
    await client.status({ action, method: "DELETE", path, expected: [404], signal });
  } catch (cause) {
    // The server is out of reach: the next try writes over it.
    if (!(cause instanceof TargetError)) throw cause;
  } finally {
    clearTimeout(timer);
  }
}

/** Why a clean-up is left. */
const tooLate = new TargetError("unavailable", "Cannot remove an unfinished file in time");
