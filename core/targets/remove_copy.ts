/**
 * Removes a copy from a target: its record first, so that at no moment a record is
 * there without its artifact.
 *
 * @module
 */

import { recordKey } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/** Removes the copy whose artifact has this key. Repeating it is no error. Throws `TargetError`. */
export async function removeCopy(key: string, { target, signal }: TargetWork): Promise<void> {
  await target.remove(recordKey(key), { signal });
  await target.remove(key, { signal });
}
