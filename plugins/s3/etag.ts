/**
 * What an ETag says about bytes: the MD5 of one request, or the MD5 of the MD5s
 * of the parts, a dash and their number.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** The ETag of a multipart upload, from the MD5s of its parts (hex). */
export function multipartEtag(md5s: readonly string[]): string {
  const hash = createHash("md5");
  for (const md5 of md5s) hash.update(Uint8Array.fromHex(md5));
  return `${hash.digest("hex")}-${md5s.length}`;
}

/** The ETag of an answer without its quotes; empty where there is none. */
export function etagOf(headers: Headers): string {
  return unquoted(headers.get("etag") ?? "");
}

/** An ETag without its quotes. */
export function unquoted(etag: string): string {
  return etag.replace(/^(?:W\/)?"|"$/g, "");
}

/**
 * Whether the ETag tells that the store holds other bytes. An ETag that is no MD5
 * tells nothing: keys of the store's own key service, or of the customer, make it so.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function tellsOtherBytes(headers: Headers, wanted: string): boolean {
  const etag = etagOf(headers);
  const keyed = headers.get("x-amz-server-side-encryption")?.startsWith("aws:kms") ||
    headers.has("x-amz-server-side-encryption-customer-algorithm");
  return !keyed && /^[0-9a-f]{32}(-\d+)?$/.test(etag) && etag !== wanted;
}
