/**
 * Removing an object.
 *
 * @module
 */

import { answerText } from "../../core/extend/mod.ts";
import type { S3Client } from "./s3_client.ts";
import { failureCode, s3Error } from "./s3_error.ts";

/** Removes an object; it is no error where there is none. */
export async function removeObject(
  client: S3Client,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const action = `Cannot remove "${key}"`;
  const response = await client.request({ action, method: "DELETE", key, expected: [404], signal });
  const { status, headers } = response;
  const text = await answerText(response);
  if (status !== 404) return;
  const code = failureCode({ text });
  if (code !== "" && code !== "NoSuchKey") throw s3Error(action, { status, headers, text });
}
