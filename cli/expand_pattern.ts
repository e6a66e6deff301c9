/**
 * Patterns for databases, where the shell did not expand them.
 *
 * @module
 */

import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import { isSqliteFile } from "./sqlite_files.ts";

/** The SQLite files that fit a pattern, sorted. */
export async function expandPattern(pattern: string, cwd: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern, { cwd })) {
    const absolute = resolve(cwd, path);
    if (await isSqliteFile(absolute)) found.push(absolute);
  }
  return found.sort();
}
