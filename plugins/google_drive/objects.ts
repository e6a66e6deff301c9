/**
 * Finding the objects of a target among the files of Drive.
 *
 * @module
 */

import type { Drive } from "./drive.ts";
import type { DriveCall } from "./drive_client.ts";
import { type DriveFile, groupOf, hashOf, isObject, keyOf, newestOf } from "./drive_file.ts";
import { getFile, has, listFiles } from "./files.ts";

/** Where the ID of the file for a key lies in the store. */
function idKey(key: string): string {
  return `id:${hashOf(key)}`;
}

/** The ID that was kept for a key. */
export async function keptId(drive: Drive, key: string): Promise<string | undefined> {
  return await drive.state.get(idKey(key));
}

/** Keeps the ID for a key, before the file is made. */
export async function keepId(drive: Drive, key: string, id: string): Promise<void> {
  await drive.state.set(idKey(key), id);
}

/** Forgets the ID of a key. */
export async function forgetId(drive: Drive, key: string): Promise<void> {
  await drive.state.delete(idKey(key));
}

/**
 * The file for a key: by its kept ID, which is never behind, else by its property.
 * Of several the newest. A file in the bin, and a copy that a person made, is none.
 */
export async function findObject(
  drive: Drive,
  key: string,
  call: DriveCall,
): Promise<DriveFile | undefined> {
  const folderId = await drive.folder.find(call);
  if (folderId === undefined) return undefined;
  const id = await keptId(drive, key);
  const file = id === undefined ? undefined : await getFile(drive.client, id, call);
  if (file !== undefined && isObject(file, folderId) && keyOf(file) === key) return file;
  return newestOf(await allOf(drive, key, call));
}

/** Every file for a key: more than one only where two machines put it at the same time. */
export async function allOf(
  drive: Drive,
  key: string,
  call: DriveCall,
): Promise<readonly DriveFile[]> {
  const folderId = await drive.folder.find(call);
  if (folderId === undefined) return [];
  const query = `${has("folder", folderId)} and ${has("key", hashOf(key))} and trashed=false`;
  const files = await Array.fromAsync(listFiles(drive.client, query, pages(drive, call)));
  return files.filter((file) =>
    isObject(file, folderId) && keyOf(file) === key && !drive.removed.has(file.id)
  );
}

/** Every object whose key starts with the prefix, with its key. */
export async function* findObjects(
  drive: Drive,
  prefix: string,
  call: DriveCall,
): AsyncGenerator<readonly [key: string, file: DriveFile]> {
  const folderId = await drive.folder.find(call);
  if (folderId === undefined) return;
  const group = groupOf(prefix);
  const narrower = group === undefined ? "" : ` and ${has("group", group)}`;
  const query = `${has("folder", folderId)}${narrower} and trashed=false`;
  const found = new Map<string, DriveFile>();
  const take = (file: DriveFile): void => {
    const key = keyOf(file);
    if (key === undefined || !key.startsWith(prefix) || !isObject(file, folderId)) return;
    if (drive.removed.has(file.id)) return;
    found.set(key, newestOf([file, found.get(key) ?? file]) ?? file);
  };
  for await (const file of listFiles(drive.client, query, pages(drive, call))) take(file);
  // Google's index may not know yet what was put a moment ago.
  for (const [key, id] of drive.put) {
    if (!key.startsWith(prefix) || found.has(key)) continue;
    const file = await getFile(drive.client, id, call);
    if (file !== undefined) take(file);
  }
  yield* found;
}

/** With the size of the pages. */
function pages(drive: Drive, call: DriveCall): DriveCall & { readonly pageSize: number } {
  return { ...call, pageSize: drive.runtime.pageSize };
}
