/**
 * Copies in a bucket of any S3-compatible store.
 *
 * @module
 */

import type { Target } from "../../core/extend/mod.ts";
import { getObject } from "./get_object.ts";
import { listObjects } from "./list_objects.ts";
import { abortUpload } from "./open_upload.ts";
import { putObject } from "./put_object.ts";
import { removeObject } from "./remove_object.ts";
import { S3Client } from "./s3_client.ts";
import type { S3Options } from "./s3_options.ts";
import { assertBucket, statObject } from "./stat_object.ts";
import { UploadSessions } from "./upload_sessions.ts";

/** The smallest part that S3 takes, but for the last. */
const smallestPart = 5 * 1024 * 1024;

/**
 * A target in a bucket. An upload in parts that was interrupted goes on at the
 * next `put` of the same bytes under that key. Needs `--allow-net`.
 *
 * @example
 * ```ts ignore needs a store
 * import { s3Target } from "@holdfast/holdfast/plugins/s3";
 *
 * const target = s3Target({
 *   bucket: "backups",
 *   endpoint: "https://s3.example.org",
 *   credentials: () => Promise.resolve({ accessKeyId: "…", secretAccessKey: "…" }),
 *   state,
 * });
 * ```
 */
export function s3Target(options: S3Options): Target {
  const client = new S3Client(options);
  const sessions = new UploadSessions(options.state);
  const settings = {
    partSize: Math.max(smallestPart, options.partSize ?? 8 * 1024 * 1024),
    parallel: options.parallel ?? 6,
    storageClass: options.storageClass,
    sessions,
  };
  let bucketSeen = false;
  return {
    put: (key, body, call) => putObject({ client, settings }, { key, body }, call),
    get: (key, call) => getObject(client, key, call),
    async stat(key, { signal }) {
      const object = await statObject(client, key, signal);
      if (object === undefined && !bucketSeen) await assertBucket(client, signal);
      bucketSeen = true;
      return object;
    },
    list: (prefix, call) => listObjects(client, prefix, call),
    async remove(key, { signal }) {
      signal.throwIfAborted();
      const session = await sessions.find(key);
      if (session !== undefined) {
        await abortUpload({ client, object: { key } }, session.uploadId, signal);
        await sessions.forget(key);
      }
      await removeObject(client, key, signal);
    },
    close(): Promise<void> {
      client.close();
      return Promise.resolve();
    },
  };
}
