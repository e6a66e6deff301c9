/**
 * Taking back uploads in parts that nobody will end: they cost room in the store
 * and no list shows them.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";
import type { S3Client } from "./s3_client.ts";
import { childrenOf, readXml, textOf } from "./s3_xml.ts";
import type { UploadSessions } from "./upload_sessions.ts";

/** How old an upload is when nobody will end it, and how often they are looked for. */
export const leftoverAge: Temporal.Duration = Temporal.Duration.from({ hours: 7 * 24 });

/** What a sweep works with. */
export interface SweepJob {
  readonly client: S3Client;
  readonly sessions: UploadSessions;
}

/**
 * Takes back uploads of the target that are older than a week. Asks the store at
 * most once a week, and is no reason to fail where the store refuses.
 *
 * @param now The time by the store's clock.
 */
export async function sweepUploads(
  { client, sessions }: SweepJob,
  now: Temporal.Instant,
  signal: AbortSignal,
): Promise<void> {
  const border = now.subtract(leftoverAge);
  const last = await sessions.lastSweep();
  if (last !== undefined && Temporal.Instant.compare(last, border) > 0) return;
  await sessions.noteSweep(now);
  try {
    await sweepOlder({ client, sessions }, border, signal);
  } catch (cause) {
    // Some keys may write but not list uploads: the backup matters more.
    if (!(cause instanceof TargetError)) throw cause;
  }
}

/** Takes back uploads that began before a moment, one page of them. */
export async function sweepOlder(
  { client, sessions }: SweepJob,
  border: Temporal.Instant,
  signal: AbortSignal,
): Promise<void> {
  const { prefix } = client.place;
  const action = "Cannot look for unfinished uploads";
  const query = { uploads: "", prefix };
  const root = readXml(await client.text({ action, method: "GET", query, signal }));
  for (const upload of childrenOf(root, "Upload")) {
    const began = Temporal.Instant.from(textOf(upload, "Initiated"));
    if (Temporal.Instant.compare(began, border) >= 0) continue;
    const key = textOf(upload, "Key").slice(prefix.length);
    const uploadId = textOf(upload, "UploadId");
    await client.head({
      action: `Cannot take back the upload of "${key}"`,
      method: "DELETE",
      key,
      query: { uploadId },
      expected: [404],
      signal,
    });
    if ((await sessions.find(key))?.uploadId === uploadId) await sessions.forget(key);
  }
}
