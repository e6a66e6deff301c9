/**
 * Whether something is there, without opening it.
 *
 * @module
 */

import { lstatSync } from "node:fs";
import { isMissing } from "./file_error.ts";

/** Whether a regular file is there; a link is none. */
export async function isFile(path: string | undefined): Promise<boolean> {
  return path !== undefined && (await look(path))?.isFile === true;
}

/** Whether a folder is there; a link is none. */
export async function isDirectory(path: string | null): Promise<boolean> {
  return path !== null && (await look(path))?.isDirectory === true;
}

/** Whether anything is there, also a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  return await look(path) !== undefined;
}

/** The same at once, for the midst of a transaction. */
export function existsNow(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

async function look(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
