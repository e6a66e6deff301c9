/**
 * Trying a store once, when it is set up: what the keys may do, and whether it
 * keeps an object that is there from being written again.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { removeObject } from "./remove_object.ts";
import type { S3Client } from "./s3_client.ts";
import { assertBucket, statObject } from "./stat_object.ts";

/** What a store was found to do. */
export interface StoreProbe {
  /** It honours `If-None-Match: *` on a `PUT`. */
  readonly ifNoneMatch: boolean;
}

/**
 * Writes, writes again, looks at and removes a small object. Throws the
 * `TargetError` of the first thing that the store refuses.
 */
export async function probeStore(client: S3Client, signal: AbortSignal): Promise<StoreProbe> {
  await assertBucket(client, signal);
  const key = `.holdfast-probe-${crypto.randomUUID()}`;
  const bytes = new TextEncoder().encode("holdfast was here\n");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const put = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const { status } = await client.head({
      action: "Cannot write to the bucket",
      method: "PUT",
      key,
      headers,
      payload: { bytes, sha256 },
      expected: [412, 501],
      signal,
    });
    return status;
  };
  await put({});
  try {
    const again = await put({ "if-none-match": "*" });
    await statObject(client, key, signal);
    return { ifNoneMatch: again === 412 };
  } finally {
    await removeObject(client, key, signal);
  }
}
