/**
 * Finds the finished objects below the folder of a target.
 *
 * @module
 */

import { keyOfPath, keyPath, type TargetObject } from "../../core/extend/mod.ts";
import { readFolder } from "./read_folder.ts";
import type { Place } from "./sftp_target.ts";

/** Every finished object whose key starts with the prefix. Links are not followed. */
export async function* listFolder(
  { session, root }: Place,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<TargetObject> {
  // What is before the last slash of the prefix are whole folder names.
  const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf("/")));
  const waiting = [folder === "" ? "" : keyPath(folder)];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const path = at === "" ? root : `${root}/${at}`;
    for (const entry of await readFolder(session, path, signal)) {
      signal.throwIfAborted();
      const below = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory && mayHold(below, prefix)) waiting.push(below);
      const key = entry.isFile ? keyOfPath(below) : undefined;
      if (key?.startsWith(prefix)) yield { key, size: entry.size, modifiedAt: entry.modifiedAt };
    }
  }
}

/** Whether a key below the folder may start with the prefix. */
function mayHold(folder: string, prefix: string): boolean {
  const start = `${keyOfPath(`${folder}/-`)?.slice(0, -1)}`;
  return start.startsWith(prefix) || prefix.startsWith(start);
}
