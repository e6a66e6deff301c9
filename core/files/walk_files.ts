/**
 * Lists what lies below a folder, without following links.
 *
 * @module
 */

import { join } from "node:path";
import { isDenied } from "./file_error.ts";

/** Something found below a folder. */
export interface WalkedFile {
  /** Its `/`-separated path relative to the root. */
  readonly name: string;
  /** What it is; a folder that cannot be read is `unreadable`. */
  readonly kind: "file" | "link" | "special" | "unreadable";
  /** The names in its own folder. */
  readonly siblings: ReadonlySet<string>;
}

/** What {@linkcode walkFiles} is given. */
export interface WalkOptions {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Folders that are not entered, by their path relative to the root. */
  readonly skipFolder: (name: string) => boolean;
}

/**
 * Everything below the folder `name` of `root` that is no folder, in the order of
 * names. Links are told, not followed. What vanishes meanwhile is passed over.
 */
export async function* walkFiles(
  root: string,
  name: string,
  options: WalkOptions,
): AsyncGenerator<WalkedFile> {
  options.signal.throwIfAborted();
  const entries = await readFolder(join(root, name));
  if (entries === undefined) {
    yield { name, kind: "unreadable", siblings: new Set() };
    return;
  }
  const siblings = new Set(entries.map((entry) => entry.name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = name === "." ? entry.name : `${name}/${entry.name}`;
    if (entry.isSymlink) yield { name: path, kind: "link", siblings };
    else if (entry.isFile) yield { name: path, kind: "file", siblings };
    else if (!entry.isDirectory) yield { name: path, kind: "special", siblings };
    else if (!options.skipFolder(path)) yield* walkFiles(root, path, options);
  }
}

/** What is in a folder; nothing where it is gone, `undefined` where it cannot be read. */
async function readFolder(path: string): Promise<Deno.DirEntry[] | undefined> {
  try {
    return await Array.fromAsync(Deno.readDir(path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    if (isDenied(cause)) return undefined;
    throw cause;
  }
}
