/**
 * What a restore would do to the files beside the database: looked at before anything is
 * changed.
 *
 * @module
 */

import { basename, dirname, join, relative, sep } from "node:path";
import { runJob } from "../engine/client.ts";
import { HoldfastError } from "../errors.ts";
import type { UnpackedFile } from "../extend/format.ts";
import { hashFile } from "../files/hash_file.ts";
import { includedNameProblem, isLiveDatabase } from "../files/included_files.ts";
import type { FileStamp } from "./intent.ts";
import type { RestoreWork } from "./restore_work.ts";

/** A file that comes back. */
export interface ComingFile {
  /** Its name relative to the database's folder. */
  readonly name: string;
  /** Where it comes to. */
  readonly to: string;
  /** Its bytes, in the private folder. */
  readonly source: string;
  readonly size: number;
  readonly modifiedAt?: Temporal.Instant | undefined;
  /** What is there now; `null` for nothing. */
  readonly old: FileStamp | null;
}

/** A file that was not there at the time of the backup. */
export interface GoingFile {
  readonly name: string;
  readonly to: string;
  readonly old: FileStamp;
}

/** What would happen to the files. */
export interface FilesChange {
  readonly coming: readonly ComingFile[];
  readonly going: readonly GoingFile[];
  /** Files that are as in the backup already. */
  readonly same: number;
}

/** The same for people and programs. */
export interface FilesPreview {
  /** Files that come back where there is none. */
  readonly added: number;
  /** Files that take the place of others. */
  readonly replaced: number;
  /** Files that go: a restore that is undone had brought them. */
  readonly removed: number;
  /** Files that are as in the backup already. */
  readonly same: number;
  /** Bytes of those that come. */
  readonly bytes: number;
  /** The names of those that come, are replaced or go; the first 20. */
  readonly names: readonly string[];
}

/** Names that the preview gives. */
const SHOWN = 20;

/**
 * Compares the files of the archive with those that are there. Links are never followed.
 * `undefined` where no file is touched.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` for a name that may not be restored here,
 * `RESTORE_FAILED` where something is in the way.
 */
export async function filesChange(
  { unpacked, database, open, signal }: RestoreWork,
): Promise<FilesChange | undefined> {
  if (unpacked === undefined) return undefined;
  const root = dirname(database);
  const wanted: ComingFile[] = [];
  for (const file of unpacked.files) {
    const to = destination(file.name, { root, database, directory: open.place.directory });
    const old = await whatIsThere(root, file.name);
    wanted.push({ ...comingOf(file), to, old });
  }
  const same = await sameFiles(wanted, { root, signal });
  const going: GoingFile[] = [];
  for (const name of absentFiles(unpacked)) {
    const to = destination(name, { root, database, directory: open.place.directory });
    const old = await whatIsThere(root, name);
    if (old !== null) going.push({ name, to, old });
  }
  const coming = wanted.filter(({ name }) => !same.has(name));
  if (coming.length + going.length + same.size === 0) return undefined;
  return { coming, going, same: same.size };
}

/** The change as it is shown. */
export function previewOf({ coming, going, same }: FilesChange): FilesPreview {
  const replaced = coming.filter(({ old }) => old !== null).length;
  return {
    added: coming.length - replaced,
    replaced,
    removed: going.length,
    same,
    bytes: coming.reduce((sum, { size }) => sum + size, 0),
    names: [...coming, ...going].slice(0, SHOWN).map(({ name }) => name),
  };
}

/** What in a stranger's archive should give one pause: settings and hidden files. */
export function doubtsAboutFiles(change: FilesChange | undefined): string[] {
  const names = (change?.coming ?? []).map(({ name }) => name)
    .filter((name) =>
      name.split("/").some((part) => part.startsWith(".")) ||
      basename(name) === "holdfast.json"
    );
  if (names.length === 0) return [];
  const shown = names.slice(0, 5).join(", ");
  return [`It brings hidden files or settings, which programs obey: ${shown}`];
}

/** What identifies the state of a file without opening it. */
export function stampOf({ size, mtime, ino }: Deno.FileInfo): FileStamp {
  return { size, mtimeMs: mtime?.getTime() ?? null, ino: ino ?? null };
}

function comingOf(
  { name, path, size, modifiedAt }: UnpackedFile,
): Pick<ComingFile, "name" | "source" | "size" | "modifiedAt"> {
  return { name, source: path, size, modifiedAt };
}

/** Names that the archive of a safety backup says were not there; of another's nothing is believed. */
function absentFiles({ facts, trusted }: NonNullable<RestoreWork["unpacked"]>): string[] {
  const { absentFiles: names } = facts;
  if (!trusted || !Array.isArray(names)) return [];
  return names.filter((name) => typeof name === "string");
}

function destination(
  name: string,
  { root, database, directory }: {
    readonly root: string;
    readonly database: string;
    readonly directory: string;
  },
): string {
  const to = join(root, ...name.split("/"));
  const inBackups = relative(directory, to);
  const isInBackups = inBackups === "" ||
    (inBackups !== ".." && !inBackups.startsWith(`..${sep}`) && !inBackups.startsWith("/"));
  if (includedNameProblem(name, database) === undefined && !isInBackups) return to;
  throw new HoldfastError("BACKUP_INVALID", `Cannot restore the file "${name}" of the archive`, {
    hint:
      "It would lie outside, or be taken for the database or its backups. Nothing was changed; " +
      "--no-files restores the database alone.",
  });
}

/** The state of what is there; refuses links, folders and databases in use. */
async function whatIsThere(root: string, name: string): Promise<FileStamp | null> {
  const parts = name.split("/");
  let path = root;
  for (const [at, part] of parts.entries()) {
    const folder = path;
    path = join(path, part);
    const info = await lookAt(path);
    if (info === undefined) return null;
    const isLast = at === parts.length - 1;
    if (!isLast && info.isDirectory) continue;
    if (!isLast || !info.isFile) throw inTheWay(path);
    const names = await Array.fromAsync(Deno.readDir(folder));
    if (isLiveDatabase(part, new Set(names.map((entry) => entry.name)))) throw inTheWay(path);
    return stampOf(info);
  }
  return null;
}

/** What is at a path, links not followed. */
export async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isNone) return undefined;
    throw error;
  }
}

/** The names of those whose bytes are there already; read in a process of its own. */
async function sameFiles(
  files: readonly ComingFile[],
  { root, signal }: { readonly root: string; readonly signal: AbortSignal | undefined },
): Promise<ReadonlySet<string>> {
  const alike = files.filter(({ old, size }) => old?.size === size);
  if (alike.length === 0) return new Set();
  const there = await runJob("digest", { paths: alike.map(({ to }) => to) }, {
    grant: { read: [root], write: [] },
    signal,
  });
  const same = new Set<string>();
  for (const [at, { name, source }] of alike.entries()) {
    if (there[at] === await hashFile(source, { signal })) same.add(name);
  }
  return same;
}

function inTheWay(path: string): HoldfastError {
  return new HoldfastError("RESTORE_FAILED", `Cannot restore the files: "${path}" is in the way`, {
    hint:
      "It is a link, a folder, or a database in use. Nothing was changed; --no-files restores " +
      "the database alone.",
  });
}
