/**
 * Listing objects, page by page.
 *
 * @module
 */

import type { TargetCallOptions, TargetObject } from "../../core/extend/mod.ts";
import type { S3Client } from "./s3_client.ts";
import { childrenOf, readXml, textOf } from "./s3_xml.ts";

/** Every object whose key starts with the prefix, 1,000 a request. */
export async function* listObjects(
  client: S3Client,
  prefix: string,
  { signal }: TargetCallOptions,
): AsyncGenerator<TargetObject> {
  const own = client.place.prefix;
  const action = "Cannot list the bucket";
  for (let token = "";;) {
    const query = {
      "list-type": "2",
      prefix: own + prefix,
      "encoding-type": "url",
      ...(token === "" ? {} : { "continuation-token": token }),
    };
    const root = readXml(await client.text({ action, method: "GET", query, signal }));
    const encoded = textOf(root, "EncodingType") === "url";
    for (const item of childrenOf(root, "Contents")) {
      const name = textOf(item, "Key");
      const key = (encoded ? decoded(name) : name).slice(own.length);
      // Programs with folders make empty objects of that name; they are none of ours.
      if (key === "" || key.endsWith("/")) continue;
      const changed = Date.parse(textOf(item, "LastModified"));
      yield {
        key,
        size: Number(textOf(item, "Size")),
        ...(Number.isNaN(changed)
          ? {}
          : { modifiedAt: Temporal.Instant.fromEpochMilliseconds(changed) }),
      };
      signal.throwIfAborted();
    }
    const next = textOf(root, "NextContinuationToken");
    if (textOf(root, "IsTruncated") !== "true" || next === "" || next === token) return;
    token = next;
  }
}

/** A key as it was; a plus sign stands for a space, as in forms. */
function decoded(name: string): string {
  return decodeURIComponent(name.replaceAll("+", " "));
}
