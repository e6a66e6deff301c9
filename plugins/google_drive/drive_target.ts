/**
 * Google Drive as a target.
 *
 * @module
 */

import type { Target, TargetQuota } from "../../core/extend/target.ts";
import { getObject } from "./download.ts";
import type { Drive } from "./drive.ts";
import { objectOf } from "./drive_file.ts";
import { findObject, findObjects } from "./objects.ts";
import { readAccount } from "./quota.ts";
import { removeObject } from "./removal.ts";
import { putObject } from "./upload.ts";

/** A target that tells how much room there is. */
export interface DriveTarget extends Target {
  /** The room in the account, in bytes. */
  quota: NonNullable<Target["quota"]>;
}

/** The verbs of one instance. */
export function driveTarget(drive: Drive): DriveTarget {
  return {
    put: (key, body, options) => putObject(drive, key, { body, options }),
    get: (key, options) => getObject(drive, key, options),
    async stat(key, { signal }) {
      signal.throwIfAborted();
      const file = await findObject(drive, key, { signal });
      return file === undefined ? undefined : objectOf(file, key);
    },
    async *list(prefix, { signal }) {
      signal.throwIfAborted();
      for await (const [key, file] of findObjects(drive, prefix, { signal })) {
        signal.throwIfAborted();
        yield objectOf(file, key);
      }
    },
    remove: (key, options) => removeObject(drive, key, options),
    quota: async ({ signal }): Promise<TargetQuota> => (await readAccount(drive, { signal })).quota,
  };
}
