/**
 * Names for places that are made of files: a key as a path, and the name of an
 * unfinished upload, which is never the path of a key.
 *
 * @module
 */

/** How the name of an unfinished upload ends. */
const ending = ".part";

/**
 * The path of a key below the root of a place. A part of a key that ends in
 * `.part` (with any number of `~` after it) gets one `~` more, so that no
 * finished file has the name of an unfinished one.
 */
export function keyPath(key: string): string {
  return key.split("/").map((part) => /\.part~*$/.test(part) ? `${part}~` : part).join("/");
}

/** The path of the unfinished upload of a key. */
export function partPath(key: string): string {
  return keyPath(key) + ending;
}

/**
 * The key of a path, `undefined` for an unfinished upload.
 *
 * @example
 * ```ts
 * import { keyOfPath, keyPath, partPath } from "@holdfast/holdfast/plugin";
 *
 * console.log(keyOfPath(keyPath("db-1/a.part"))); // db-1/a.part
 * console.log(keyOfPath(partPath("db-1/a"))); // undefined
 * ```
 */
export function keyOfPath(path: string): string | undefined {
  if (path.endsWith(ending)) return undefined;
  return path.split("/").map((part) => part.replace(/(\.part~*)~$/, "$1")).join("/");
}
