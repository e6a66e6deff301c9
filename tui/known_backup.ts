/**
 * A backup with the places beyond this directory that hold a copy of it.
 *
 * @module
 */

import type { ListedBackup } from "../mod.ts";

/** A copy on a configured target, as the catalog knows it: no target is asked. */
export interface HeldCopy {
  readonly target: string;
  /** `stored` is whole; what is `bad` or `failed` is sent again by the next push. */
  readonly state: "uploading" | "stored" | "bad" | "removing" | "failed";
}

/** A backup of the catalog and its copies. */
export interface KnownBackup extends ListedBackup {
  readonly copies?: readonly HeldCopy[] | undefined;
}

/** The targets that hold a whole copy. */
export function homesOf({ copies = [] }: KnownBackup): readonly string[] {
  return copies.filter(({ state }) => state === "stored").map(({ target }) => target);
}

/** Whether only targets have it: its file here is gone. */
export function isElsewhere(backup: KnownBackup): boolean {
  return backup.status === "missing" && homesOf(backup).length > 0;
}
