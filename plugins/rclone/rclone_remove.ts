/**
 * Removes one object of a remote, and what was left around it.
 *
 * @module
 */

import { keyOfPath, keyPath, partPath } from "../../core/extend/mod.ts";
import { readEntries, statEntry } from "./rclone_list.ts";
import type { RcloneRemote } from "./rclone_remote.ts";
import { runRclone } from "./run_rclone.ts";

/** How long an unfinished upload is kept. */
const kept = Temporal.Duration.from({ hours: 7 * 24 });

/** Folders that were swept already by this target. */
export type Swept = Set<string>;

/** Removes the object, sweeps its folder once, and removes folders that are empty then. */
export async function removeObject(
  remote: RcloneRemote,
  key: string,
  options: { readonly signal: AbortSignal; readonly swept: Swept },
): Promise<void> {
  const { signal, swept } = options;
  const call = { action: `Cannot remove "${key}"`, signal };
  const slash = keyPath(key).lastIndexOf("/");
  const folder = keyPath(key).slice(0, Math.max(0, slash));
  await deleteFile(remote, keyPath(key), call);
  if (!swept.has(folder)) {
    swept.add(folder);
    await sweep(remote, folder, { ...call, own: partPath(key) });
  }
  if (remote.features.folders && folder !== "") await tidy(remote, folder, call);
}

/** Removes this unfinished upload, and those a week older than the newest file beside them. */
async function sweep(
  remote: RcloneRemote,
  folder: string,
  call: { readonly action: string; readonly signal: AbortSignal; readonly own: string },
): Promise<void> {
  const entries = (await Array.fromAsync(readEntries(remote, folder, call)))
    .filter(({ isDirectory }) => !isDirectory)
    .map((entry) => ({ ...entry, path: folder === "" ? entry.path : `${folder}/${entry.path}` }));
  const newest = entries.flatMap(({ modifiedAt }) => modifiedAt ?? [])
    .sort(Temporal.Instant.compare).at(-1);
  for (const { path, modifiedAt } of entries) {
    const isOld = modifiedAt !== undefined && newest !== undefined &&
      Temporal.Instant.compare(modifiedAt, newest.subtract(kept)) <= 0;
    if (path !== call.own && !(isOld && keyOfPath(path) === undefined)) continue;
    await deleteFile(remote, path, call);
  }
}

/** Deletes a file; it is no error where there is none. */
async function deleteFile(
  remote: RcloneRemote,
  path: string,
  call: { readonly action: string; readonly signal: AbortSignal },
): Promise<void> {
  const deleting = runRclone(remote.program, ["deletefile", remote.at(path)], call);
  const [outcome] = await Promise.allSettled([deleting]);
  if (outcome.status === "fulfilled") return;
  call.signal.throwIfAborted();
  // What rclone says of a missing file differs by version and remote.
  const found = await statEntry(remote, path, call);
  if (found !== undefined && !found.isDirectory) throw outcome.reason;
}

/** Removes the folder and those above it while they are empty. */
async function tidy(
  { program, at }: RcloneRemote,
  folder: string,
  { action, signal }: { readonly action: string; readonly signal: AbortSignal },
): Promise<void> {
  const parts = folder.split("/");
  while (parts.length > 0 && parts[0] !== "") {
    const removing = runRclone(program, ["rmdir", at(parts.join("/"))], { action, signal });
    const [outcome] = await Promise.allSettled([removing]);
    signal.throwIfAborted();
    // Not empty, or gone: either way there is nothing to tidy above it.
    if (outcome.status === "rejected") return;
    parts.pop();
  }
}
