/**
 * Removing what killed runs left on the server.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";
import { objectOf, objectProperties } from "./find_object.ts";
import { itemsOf } from "./list_objects.ts";
import { unfinishedFolder } from "./unfinished_folder.ts";
import type { WebdavClient } from "./webdav_client.ts";

/** How old an unfinished file is when nobody will end it. */
const leftoverAge = Temporal.Duration.from({ hours: 7 * 24 });

/**
 * Removes unfinished files that are older than a week by the server's clock. It is
 * no reason to fail where the server refuses.
 */
export async function sweepUnfinished(client: WebdavClient, signal: AbortSignal): Promise<void> {
  const action = "Cannot look for unfinished files";
  try {
    const names = objectProperties;
    const call = { action, path: `${unfinishedFolder}/`, depth: "1", names, signal } as const;
    const found = itemsOf(await client.properties(call));
    const border = client.serverTime?.subtract(leftoverAge);
    if (border === undefined) return;
    for (const [name, item] of found) {
      const path = `${unfinishedFolder}/${name}`;
      const { modifiedAt } = objectOf(path, item);
      if (modifiedAt === undefined || Temporal.Instant.compare(modifiedAt, border) > 0) continue;
      await client.status({ action, method: "DELETE", path, expected: [404], signal });
    }
  } catch (cause) {
    if (!(cause instanceof TargetError)) throw cause;
  }
}
