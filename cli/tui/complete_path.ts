/**
 * Completes paths as they are typed.
 *
 * @module
 */

import { isAbsolute, join, resolve, sep } from "node:path";

/** From where paths are read. */
export interface PathContext {
  readonly cwd: string;
  /** The person's home folder, for `~`. */
  readonly home: string | undefined;
}

/** The absolute path of what was typed. */
export function typedToPath(text: string, { cwd, home }: PathContext): string {
  if (home !== undefined && (text === "~" || text.startsWith("~/"))) {
    return join(home, text.slice(1));
  }
  return isAbsolute(text) ? text : resolve(cwd, text);
}

/** At most so many are worth showing. */
const MOST = 100;

/**
 * What the typed text can become, sorted; folders end with a separator. Hidden names only
 * where their dot was typed. A folder that cannot be read has none.
 */
export async function completePath(text: string, context: PathContext): Promise<string[]> {
  const at = Math.max(text.lastIndexOf("/"), text.lastIndexOf(sep));
  const folder = text.slice(0, at + 1);
  const begin = text.slice(at + 1);
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(typedToPath(folder === "" ? "." : folder, context))) {
      if (!entry.name.startsWith(begin)) continue;
      if (entry.name.startsWith(".") && !begin.startsWith(".")) continue;
      found.push(`${folder}${entry.name}${entry.isDirectory ? "/" : ""}`);
    }
  } catch (error) {
    if (!(error instanceof Error) || !isOfPath(error)) throw error;
  }
  return found.sort().slice(0, MOST);
}

/** The system's word on a path, or Deno's: no such folder, none to read, a name that cannot be. */
function isOfPath(error: Error): boolean {
  return "code" in error || error instanceof Deno.errors.NotCapable || error instanceof TypeError;
}
