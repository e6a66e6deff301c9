/**
 * Unpacks an archive into a folder.
 *
 * @module
 */

import { dirname, join } from "node:path";
import type { Body, UnpackedFile } from "../../core/extend/mod.ts";
import { describe } from "./archive_entry.ts";
import { archiveError, refused } from "./archive_error.ts";
import { windowsNameProblem } from "./archive_name.ts";
import { ByteCounter } from "./byte_counter.ts";
import { type ArchiveReport, openInspected, report } from "./inspect_archive.ts";
import type { ReadArchiveOptions } from "./open_archive.ts";
import { readEntry, type ReadEntryOptions } from "./read_entry.ts";
import type { FileEntry } from "./zip_library.ts";

/** What unpacking takes. */
export interface UnpackArchiveOptions extends ReadArchiveOptions {
  /** Unpack only files with such a name; all by default. */
  readonly only?: ((name: string) => boolean) | undefined;
}

/** What was unpacked. */
export interface UnpackedArchive extends ArchiveReport {
  /** Every file that was written. */
  readonly files: readonly UnpackedFile[];
}

/**
 * Unpacks an archive below the folder `into`, which must exist; files get mode 0600
 * and folders 0700. Everything that the directory tells is checked before the first
 * byte is written, and each file while it is. Nothing that is there is overwritten,
 * no link is followed. On failure, what was written is left to the caller.
 *
 * Throws as {@linkcode inspectArchive} does, and `full` where there is no room.
 */
export async function unpackArchive(
  body: Body,
  into: string,
  options: UnpackArchiveOptions,
): Promise<UnpackedArchive> {
  const archive = await openInspected(body, options);
  const wanted = archive.files.filter((file) => options.only?.(file.filename) ?? true);
  if (Deno.build.os === "windows") checkForWindows(wanted);
  const counter = new ByteCounter(options.onProgress);
  const folders = new Folders(await Deno.realPath(into));
  const files: UnpackedFile[] = [];
  const sha256 = new Map<string, string>();
  for (const file of wanted) {
    const path = await folders.place(file.filename);
    const seal = archive.facts?.entries[file.filename];
    const hash = await writeEntry(file, path, { ...options, seal, counter });
    sha256.set(file.filename, hash);
    const { modifiedAt } = describe(file);
    files.push({ name: file.filename, path, size: file.uncompressedSize, modifiedAt });
  }
  counter.flush();
  return { ...report(archive, sha256), files };
}

/** Refuses names that Windows would take for something else. */
function checkForWindows(files: readonly FileEntry[]): void {
  for (const { filename } of files) {
    const why = windowsNameProblem(filename);
    if (why !== undefined) throw refused(`the name "${filename}": ${why}`);
  }
}

/** Writes one file, which must not be there yet. */
async function writeEntry(
  entry: FileEntry,
  path: string,
  options: ReadEntryOptions & { readonly counter: ByteCounter },
): Promise<string> {
  try {
    using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    const onChunk = async (chunk: Uint8Array<ArrayBuffer>): Promise<void> => {
      for (let done = 0; done < chunk.length;) done += await file.write(chunk.subarray(done));
      options.counter.add(chunk.length);
    };
    return await readEntry(entry, { ...options, onChunk });
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists) {
      throw refused(`"${path}" is there already`);
    }
    throw archiveError(cause, { signal: options.signal, entry: entry.filename });
  }
}

/** Makes folders below a root, each a real one: a link in between would lead out. */
class Folders {
  readonly #root: string;
  readonly #real = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.#real.add(root);
  }

  /** The path for a file of this name, its folders made. */
  async place(name: string): Promise<string> {
    const path = join(this.#root, ...name.split("/"));
    await this.#make(dirname(path));
    return path;
  }

  async #make(folder: string): Promise<void> {
    if (this.#real.has(folder)) return;
    await this.#make(dirname(folder));
    try {
      await Deno.mkdir(folder, { mode: 0o700 });
    } catch (cause) {
      if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
      const { isDirectory } = await Deno.lstat(folder);
      if (!isDirectory) throw refused(`"${folder}" is there already and no folder`);
    }
    this.#real.add(folder);
  }
}
