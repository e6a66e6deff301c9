/**
 * Telling SQLite files by their name and size. Nothing is opened: closing a live
 * database here would be harmless only because no application lives in this process.
 *
 * @module
 */

import { join } from "node:path";
import { isDenied, isMissing } from "../core/files/file_error.ts";

const header = new TextEncoder().encode("SQLite format 3\0");

/** Whether a file begins as SQLite files do (https://www.sqlite.org/fileformat.html §1.2). */
export async function isSqliteFile(path: string): Promise<boolean> {
  try {
    const info = await Deno.stat(path);
    if (!info.isFile || info.size < 512) return false;
    using file = await Deno.open(path);
    const bytes = new Uint8Array(header.length);
    const read = await file.read(bytes);
    return read === header.length && header.every((byte, index) => bytes[index] === byte);
  } catch (error) {
    if (isMissing(error) || isDenied(error)) return false;
    throw error;
  }
}

/** Folders that hold no databases of the person. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "backups", "target", "dist"]);

/**
 * The SQLite files in a folder and those below it, at most `limit`, sorted. What this person may
 * not read is passed over.
 */
export async function findSqliteFiles(
  folder: string,
  options: { readonly depth: number; readonly limit: number },
): Promise<string[]> {
  const found: string[] = [];
  const look = async (at: string, depth: number): Promise<void> => {
    for (const entry of await entriesOf(at)) {
      if (found.length >= options.limit) return;
      const path = join(at, entry.name);
      if (entry.isFile && await isSqliteFile(path)) found.push(path);
      const enters = entry.isDirectory && depth > 0 && !entry.name.startsWith(".") &&
        !skipped.has(entry.name) && !entry.name.endsWith(".backups");
      if (enters) await look(path, depth - 1);
    }
  };
  await look(folder, options.depth);
  return found.sort();
}

async function entriesOf(folder: string): Promise<readonly Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (isMissing(error) || isDenied(error)) return [];
    throw error;
  }
}
