/**
 * Which names an entry of an archive may have. The rules hold for packing and
 * unpacking alike: what we pack can be unpacked on every system.
 *
 * @module
 */

/** The name of the database in an archive. */
export const databaseEntry = "database.sqlite";

/** The name of the facts in an archive. */
export const metadataEntry = "backup-metadata.json";

/** The folder of the included files in an archive. */
export const filesFolder = "files/";

/** What SQLite appends to a database's name for its own files. */
const sidecars = ["-wal", "-shm", "-journal"];

/** Names that mean a device on Windows, with any extension. */
const devices = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/i;

/** Why a name is refused, as the end of a sentence; `undefined` where it is fine. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (!name.isWellFormed()) return "it is no Unicode text";
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return "it has a control character";
  if (name.includes("\\")) return "it has a backslash, which is a separator on Windows";
  if (name.startsWith("/")) return "it is absolute";
  const parts = name.split("/");
  if (parts.includes("..")) return "it leads out of the folder";
  if (parts.some((part) => part === "" || part === ".")) return "it has an empty part";
  if (parts.some((part) => /^[a-z]:/i.test(part))) return "it names a drive";
  if (parts.some((part) => new TextEncoder().encode(part).length > 255)) {
    return "a part of it is longer than 255 bytes";
  }
  return undefined;
}

/** Why a name cannot be written on Windows; `undefined` where it can. */
export function windowsNameProblem(name: string): string | undefined {
  const parts = name.split("/");
  if (parts.some((part) => devices.test(part))) return "it names a device on Windows";
  if (parts.some((part) => /[<>:"|?*]|[. ]$/.test(part))) return "Windows has no such names";
  return undefined;
}

/** The one name that file systems without case and with normalised Unicode make of it. */
export function foldedName(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

/** A name that cannot stand in a list, and why. */
export interface RefusedName {
  readonly name: string;
  readonly why: string;
}

/**
 * The first name that cannot stand together with the others: a duplicate, also in
 * another case or Unicode form; a file where another needs a folder; a file that
 * SQLite would take for the write-ahead log or journal of the database.
 */
export function clashingName(names: readonly string[]): RefusedName | undefined {
  const files = new Map<string, string>();
  for (const name of names) {
    const other = files.get(foldedName(name));
    if (other !== undefined) {
      const form = other === name ? "" : ` as "${other}", which many systems take for the same`;
      return { name, why: `it is there twice${form}` };
    }
    files.set(foldedName(name), name);
  }
  for (const [folded, name] of files) {
    for (let at = folded.indexOf("/"); at >= 0; at = folded.indexOf("/", at + 1)) {
      const above = files.get(folded.slice(0, at));
      if (above !== undefined) return { name, why: `"${above}" is a file, not a folder` };
    }
    const owner = sidecarOwner(folded, files);
    if (owner !== undefined) {
      return { name, why: `SQLite would apply it to "${owner}"` };
    }
  }
  return undefined;
}

/** The database that SQLite would apply a file to. Below `files/` nothing is opened in place. */
function sidecarOwner(folded: string, files: ReadonlyMap<string, string>): string | undefined {
  if (folded.startsWith(filesFolder)) return undefined;
  for (const sidecar of sidecars) {
    if (!folded.endsWith(sidecar)) continue;
    const owner = folded.slice(0, -sidecar.length);
    if (owner === databaseEntry) return databaseEntry;
    if (files.has(owner)) return files.get(owner);
  }
  return undefined;
}
