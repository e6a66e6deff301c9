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
import type { UnfinishedFiles } from "./unfinished_files.ts";
import type { WebdavClient } from "./webdav_client.ts";
import { whileLocked } from "./while_locked.ts";

/** How long a file that is whole waits for others to let go of its name, in milliseconds. */
const patienceMs = 10_000;

/** What storing works with. */
export interface PutJob {
  readonly client: WebdavClient;
  readonly collections: Collections;
  readonly unfinishedFiles: UnfinishedFiles;
  /** Removes what killed runs left, once. */
  readonly sweep: (signal: AbortSignal) => Promise<void>;
  readonly key: string;
  readonly body: Body;
}

/** Stores a body under a key, all or nothing. */
export async function putObject(job: PutJob, options: PutOptions): Promise<void> {
  const { client, collections, unfinishedFiles, key, body } = job;
  const { signal, onProgress } = options;
  signal.throwIfAborted();
  const unfinished = unfinishedFiles.path(key);
  await collections.ensureFor(unfinished, signal);
  await job.sweep(signal);
  await unfinishedFiles.removeLeft(signal);
  await collections.ensureFor(key, signal);
  try {
    await send(job, unfinished, options);
    const found = await findObject(client, unfinished, signal);
    if (found?.size !== body.size) {
      const message = `Cannot store "${key}": ${found?.size ?? 0} of ${body.size} bytes arrived`;
      throw new TargetError("unavailable", message);
    }
    await whileLocked(client, {
      action: `Cannot store "${key}"`,
      method: "MOVE",
      path: unfinished,
      headers: { destination: client.url(key).href, overwrite: "T" },
      patienceMs,
      signal,
    });
  } catch (cause) {
    collections.forget();
    await unfinishedFiles.giveUp(key);
    throw cause;
  }
  onProgress?.(body.size);
}

/** Sends the bytes under the other name; refuses those that are not the ones that were hashed. */
async function send(
  { client, key, body }: PutJob,
  path: string,
  options: PutOptions,
): Promise<void> {
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
    path,
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
