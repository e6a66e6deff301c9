/**
 * Copies in a folder of a WebDAV server.
 *
 * @module
 */

import type { Target, TargetCallOptions, TargetQuota } from "../../core/extend/mod.ts";
import { Collections } from "./collections.ts";
import { findObject } from "./find_object.ts";
import { getObject } from "./get_object.ts";
import { listObjects } from "./list_objects.ts";
import { putObject } from "./put_object.ts";
import { sweepUnfinished } from "./sweep_unfinished.ts";
import { UnfinishedFiles } from "./unfinished_files.ts";
import { WebdavClient } from "./webdav_client.ts";
import type { WebdavOptions } from "./webdav_options.ts";

/**
 * A target in a folder of a WebDAV server. Needs `--allow-net`. Throws `invalid`
 * where the address is none.
 *
 * @example
 * ```ts
 * import { webdavTarget } from "@holdfast/holdfast/plugins/webdav";
 *
 * const target = webdavTarget({
 *   url: "https://cloud.example.org/remote.php/dav/files/ada/backups",
 *   credentials: () => Promise.resolve({ username: "ada", password: "…" }),
 * });
 * await target.close?.();
 * ```
 */
export function webdavTarget(options: WebdavOptions): Target {
  const client = new WebdavClient(options);
  const collections = new Collections(client);
  const unfinishedFiles = new UnfinishedFiles(client);
  let isSwept = false;
  const sweep = async (signal: AbortSignal): Promise<void> => {
    if (isSwept) return;
    isSwept = true;
    await sweepUnfinished(client, signal);
  };
  return {
    put: (key, body, call) =>
      putObject({ client, collections, unfinishedFiles, sweep, key, body }, call),
    get: (key, call) => getObject(client, key, call),
    stat: (key, { signal }) => findObject(client, key, signal),
    list: (prefix, call) => listObjects(client, prefix, call),
    async remove(key, { signal }) {
      // Asked first, because removing a folder would remove all in it.
      if (await findObject(client, key, signal) === undefined) return;
      const action = `Cannot remove "${key}"`;
      await client.status({ action, method: "DELETE", path: key, expected: [404], signal });
    },
    quota: (call) => quotaOf(client, call),
    close(): Promise<void> {
      client.close();
      return Promise.resolve();
    },
  };
}

/** How much room the folder has, where the server tells (RFC 4331). */
async function quotaOf(client: WebdavClient, { signal }: TargetCallOptions): Promise<TargetQuota> {
  const [found] = await client.properties({
    action: "Cannot ask for the quota",
    path: "",
    depth: "0",
    names: ["quota-available-bytes", "quota-used-bytes"],
    signal,
  });
  const free = bytesOf(found?.properties.get("quota-available-bytes"));
  const used = bytesOf(found?.properties.get("quota-used-bytes"));
  return {
    ...(free === undefined ? {} : { free }),
    ...(used === undefined ? {} : { used }),
    ...(free === undefined || used === undefined ? {} : { total: free + used }),
  };
}

/** A number of bytes; Nextcloud says -3 where there is no limit. */
function bytesOf(text: string | undefined): number | undefined {
  const bytes = Number(text || NaN);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}
