/**
 * Which file of the folder holds which object.
 *
 * @module
 */

/**
 * The file for a key. An object whose key ends in `.zip` is an archive already and
 * lies there as it is; every other lies in an archive of its own: `a.db` in `a.db.zip`.
 * So that no two keys share a file, a key without a dot gets a `%`: `a` in `a%.zip`
 * (`a.zip` is the archive `a.zip`), and a key like `a.b.zip` is wrapped too.
 */
export function fileOfKey(key: string): string {
  const last = key.slice(key.lastIndexOf("/") + 1);
  if (/^[^.%]+\.zip$/.test(last)) return key;
  return last.includes(".") ? `${key}.zip` : `${key}%.zip`;
}

/** The key of a file, the reverse of {@linkcode fileOfKey}; `undefined` for foreign files. */
export function keyOfFile(file: string): string | undefined {
  if (!file.endsWith(".zip")) return undefined;
  const stem = file.slice(0, -".zip".length);
  for (const key of [file, stem, stem.replace(/%$/, "")]) {
    if (key !== "" && !key.endsWith("/") && fileOfKey(key) === file) return key;
  }
  return undefined;
}

/** Whether the object lies there as it is, not in an archive of its own. */
export function isOwnArchive(key: string): boolean {
  return fileOfKey(key) === key;
}
