/**
 * What a server knows of files.
 *
 * @module
 */

import type { TargetObject } from "../../core/extend/mod.ts";
import type { Multistatus } from "./multistatus.ts";
import type { WebdavClient } from "./webdav_client.ts";

/** The properties that make an object. */
export const objectProperties: readonly string[] = [
  "resourcetype",
  "getcontentlength",
  "getlastmodified",
];

/** A file by its path; `undefined` where there is none, or a folder. */
export async function findObject(
  client: WebdavClient,
  path: string,
  signal: AbortSignal,
): Promise<TargetObject | undefined> {
  const action = `Cannot look at "${path}"`;
  const call = { action, path, depth: "0", names: objectProperties, signal } as const;
  const [found] = await client.properties(call);
  return found === undefined || found.isCollection ? undefined : objectOf(path, found);
}

/** A file as an object. */
export function objectOf(key: string, { properties }: Multistatus): TargetObject {
  const changed = Date.parse(properties.get("getlastmodified") ?? "");
  return {
    key,
    size: Number(properties.get("getcontentlength") ?? 0),
    ...(Number.isNaN(changed)
      ? {}
      : { modifiedAt: Temporal.Instant.fromEpochMilliseconds(changed) }),
  };
}
