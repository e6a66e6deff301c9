/**
 * Listing files, folder by folder: most servers refuse to tell a whole tree.
 *
 * @module
 */

import type { TargetCallOptions, TargetObject } from "../../core/extend/mod.ts";
import { objectOf, objectProperties } from "./find_object.ts";
import type { Multistatus } from "./multistatus.ts";
import { unfinishedFolder } from "./unfinished_folder.ts";
import type { WebdavClient } from "./webdav_client.ts";

/** Every finished file whose key starts with the prefix. */
export async function* listObjects(
  client: WebdavClient,
  prefix: string,
  { signal }: TargetCallOptions,
): AsyncGenerator<TargetObject> {
  signal.throwIfAborted();
  const folders = [prefix.slice(0, prefix.lastIndexOf("/") + 1)];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const action = "Cannot list the WebDAV folder";
    const call = { action, path: folder, depth: "1", names: objectProperties, signal } as const;
    for (const [name, item] of itemsOf(await client.properties(call))) {
      const key = `${folder}${name}`;
      if (key === unfinishedFolder) continue;
      if (item.isCollection) {
        if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) folders.push(`${key}/`);
      } else if (key.startsWith(prefix)) {
        yield objectOf(key, item);
        signal.throwIfAborted();
      }
    }
  }
}

/**
 * What is in a folder, by name. The folder itself is the collection of the shortest
 * path: behind a proxy its path may be another than the one that was asked for.
 */
export function itemsOf(
  found: readonly Multistatus[],
): readonly (readonly [string, Multistatus])[] {
  const shortest = Math.min(...found.map(({ path }) => path.length));
  return found.flatMap((item) => {
    const name = item.path.at(-1);
    const isSelf = item.isCollection && item.path.length === shortest;
    return name === undefined || isSelf ? [] : [[name, item] as const];
  });
}
