/**
 * Names that every file system takes: FAT, exFAT, NTFS and network shares too.
 *
 * @module
 */

/**
 * What Windows and FAT refuse, by
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file, the escape
 * itself, and a dot in front: those names are ours.
 */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const refused = /[\u0000-\u001f\u007f<>:"\\|?*%]|^\.|[. ]$/gu;

/** Names of devices there, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.| )/i;

/** One character as `%XX`. */
function escaped(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

/**
 * The name of the file for a part of a key: the same where every file system
 * takes it, else with `%XX` for what some refuse. Never begins with a dot.
 */
export function portableName(part: string): string {
  const name = part.replace(refused, escaped);
  return devices.test(name) ? escaped(name.slice(0, 1)) + name.slice(1) : name;
}

/** The part of a key for a file's name; `undefined` where the file is none of ours. */
export function keyPart(name: string): string | undefined {
  try {
    const part = decodeURIComponent(name);
    return portableName(part) === name ? part : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
