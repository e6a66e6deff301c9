/**
 * Storing an object: in one request where it is small, else in parts.
 *
 * @module
 */

import type { Body, PutOptions } from "../../core/extend/mod.ts";
import { assertSameHash, refuseStored } from "./compare_stored.ts";
import { tellsOtherBytes } from "./etag.ts";
import { putParts } from "./put_parts.ts";
import { objectHeaders, type PutSettings } from "./put_settings.ts";
import { base64OfHex, readPart, sha256Of } from "./read_part.ts";
import type { S3Client } from "./s3_client.ts";

/** Stores a body under a key, all or nothing. */
export async function putObject(
  { client, settings }: { readonly client: S3Client; readonly settings: PutSettings },
  object: { readonly key: string; readonly body: Body },
  options: PutOptions,
): Promise<void> {
  const { key, body } = object;
  const { signal, onProgress } = options;
  signal.throwIfAborted();
  if (body.size > 2 * settings.partSize) {
    return await putParts({ client, settings, object }, options);
  }
  const action = `Cannot store "${key}"`;
  const { bytes, md5 } = await readPart(body, { signal });
  const sha256 = await sha256Of(bytes);
  assertSameHash(action, sha256, options.sha256);
  const headers = {
    "content-md5": base64OfHex(md5),
    ...objectHeaders(sha256, settings.storageClass),
  };
  const onSent = (): void => onProgress?.(0);
  const payload = { bytes, sha256, onSent };
  const response = await client.head({ action, method: "PUT", key, headers, payload, signal });
  if (tellsOtherBytes(response.headers, md5)) await refuseStored({ client, action, key, signal });
  onProgress?.(bytes.length);
}
