/**
 * What the store knows of an object.
 *
 * @module
 */

import type { TargetObject } from "../../core/extend/mod.ts";
import type { S3Client } from "./s3_client.ts";

/**
 * Size, time and SHA-256 of an object, `undefined` where there is none.
 *
 * The SHA-256 is the one that was written with the object: the store compared every
 * byte with signed hashes on arrival, and the upload ended only after the hash of
 * all of them was this one.
 */
export async function statObject(
  client: S3Client,
  key: string,
  signal: AbortSignal,
): Promise<TargetObject | undefined> {
  const action = `Cannot look at "${key}"`;
  const { status, headers } = await client.head({
    action,
    method: "HEAD",
    key,
    expected: [404],
    signal,
  });
  if (status === 404) return undefined;
  const changed = Date.parse(headers.get("last-modified") ?? "");
  const sha256 = headers.get("x-amz-meta-sha256");
  return {
    key,
    size: Number(headers.get("content-length")),
    ...(Number.isNaN(changed)
      ? {}
      : { modifiedAt: Temporal.Instant.fromEpochMilliseconds(changed) }),
    ...(sha256 === null || !/^[0-9a-f]{64}$/.test(sha256) ? {} : { sha256 }),
  };
}

/** Throws `invalid` where the bucket is missing: a `HEAD` of an object does not tell that apart. */
export async function assertBucket(client: S3Client, signal: AbortSignal): Promise<void> {
  const { bucket } = client.place;
  const query = { "list-type": "2", "max-keys": "1" };
  await client.head({ action: `Cannot use the bucket "${bucket}"`, method: "GET", query, signal });
}
