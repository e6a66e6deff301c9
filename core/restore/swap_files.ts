/**
 * Puts files in the place of others by rename, the old ones kept beside them until the end.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import { HoldfastError } from "../errors.ts";
import { syncDir } from "../files/atomic_file.ts";
import { syncFile } from "../files/sync_file.ts";
import type { Report } from "../report.ts";
import { type FilesChange, lookAt, stampOf } from "./files_change.ts";
import type { FilesPlan, FileStamp, FileSwap } from "./intent.ts";

/** Decides the names; nothing is written. */
export async function planFiles(change: FilesChange, root: string): Promise<FilesPlan> {
  const unique = crypto.randomUUID().slice(0, 8);
  const beside = (to: string, what: string): string =>
    join(dirname(to), `.holdfast-${unique}-${what}-${short(basename(to))}`);
  const used = new Set<string>();
  const name = (to: string, what: string): string => {
    let path = beside(to, what);
    for (let number = 2; used.has(path); number++) path = beside(to, `${what}${number}`);
    used.add(path);
    return path;
  };
  const swaps: FileSwap[] = [
    ...change.coming.map(({ to, source, old, modifiedAt }) => ({
      to,
      source,
      modifiedMs: modifiedAt?.epochMilliseconds ?? null,
      from: name(to, "new"),
      keep: old === null ? null : name(to, "old"),
      old,
    })),
    ...change.going.map(({ to, old }) => ({
      to,
      source: null,
      modifiedMs: null,
      from: null,
      keep: name(to, "old"),
      old,
    })),
  ];
  return { swaps, folders: await missingFolders(swaps, root) };
}

/** Writes synced copies beside the places that they will take. */
export async function bringFilesBeside(
  { swaps, folders }: FilesPlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const folder of folders) {
    await Deno.mkdir(folder, { mode: 0o700 });
    await ownAs(folder, dirname(folder));
  }
  for (const { source, from, to, old, modifiedMs } of swaps) {
    signal?.throwIfAborted();
    if (source === null || from === null) continue;
    await Deno.copyFile(source, from);
    const like = old === null ? undefined : await Deno.lstat(to);
    await Deno.chmod(from, (like?.mode ?? 0o600) & 0o777);
    await ownAs(from, like === undefined ? dirname(to) : to);
    if (modifiedMs !== null) await Deno.utime(from, new Date(modifiedMs), new Date(modifiedMs));
    await syncFile(from);
  }
}

/**
 * The new files take their places; each old one is kept under another name.
 *
 * @throws {HoldfastError} `RESTORE_FAILED` where a file was changed since it was looked at.
 */
export async function swapFiles(
  { swaps }: FilesPlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { from, to, keep, old } of swaps) {
    signal?.throwIfAborted();
    const now = await lookAt(to);
    const isSame = now === undefined ? old === null : now.isFile && alike(stampOf(now), old);
    if (!isSame) throw changed(to);
    if (from === null) {
      if (keep !== null) await Deno.rename(to, keep);
      continue;
    }
    // With a second name for the old one there is no moment without a file.
    if (keep !== null && !await linked(to, keep)) await Deno.rename(to, keep);
    await Deno.rename(from, to);
  }
  await syncFolders(swaps);
}

/** The old files come back; safe to repeat, from wherever a killed run left it. */
export async function putFilesBack({ swaps, folders }: FilesPlan, report: Report): Promise<void> {
  for (const swap of swaps.toReversed()) await putBack(swap, report);
  for (const folder of folders.toReversed()) await removeEmpty(folder);
  await syncFolders(swaps);
}

/** The old files go; one that somebody went on writing to gets a name that is seen. */
export async function finishFiles(
  { swaps, keepOld }: FilesPlan,
  report: Report,
): Promise<void> {
  for (const { from, keep, old, to } of swaps) {
    if (from !== null) await removeIfThere(from);
    const kept = keep === null ? undefined : await lookAt(keep);
    if (keep === null || kept === undefined) continue;
    if (!alike(stampOf(kept), old)) await moveAside(keep, to, { report, words: touched });
    else if (keepOld === true) await moveAside(keep, to, { report, words: unsaved });
    else await Deno.remove(keep);
  }
  await syncFolders(swaps);
}

async function putBack({ from, to, keep, old, ...swap }: FileSwap, report: Report): Promise<void> {
  const kept = keep === null ? undefined : await lookAt(keep);
  const now = await lookAt(to);
  const waits = from !== null && await lookAt(from) !== undefined;
  if (keep !== null && kept !== undefined) {
    const isOld = now !== undefined && alike(stampOf(now), old) && now.ino === kept.ino;
    if (isOld) await Deno.remove(keep);
    else {
      if (now !== undefined && !await isPlaced(now, swap)) {
        await moveAside(to, to, { report, words: touched });
      }
      await Deno.rename(keep, to);
    }
  } else if (keep === null && !waits && now !== undefined && await isPlaced(now, swap)) {
    await Deno.remove(to);
  }
  if (from !== null) await removeIfThere(from);
}

/** Whether a file is the one that was put there, as it was put there. */
async function isPlaced(
  now: Deno.FileInfo,
  { source, modifiedMs }: Pick<FileSwap, "source" | "modifiedMs">,
): Promise<boolean> {
  if (source === null || !now.isFile || (await lookAt(source))?.size !== now.size) return false;
  // FAT keeps two seconds.
  return modifiedMs === null || Math.abs((now.mtime?.getTime() ?? -1) - modifiedMs) <= 2_000;
}

/** Why a file is kept beside the new one, and what to do with it. */
interface KeptWords {
  readonly why: string;
  readonly hint: string;
}

const touched: KeptWords = {
  why: "was replaced or changed meanwhile: that state is",
  hint: "Compare the two, and remove the one that is not wanted.",
};

/** Without a database there is no safety backup that could hold the files. */
const unsaved: KeptWords = {
  why: "was replaced, and there was no database to take a safety backup of: the old one is",
  hint: "holdfast undo does not bring it back: rename it, or remove it when it is not wanted.",
};

/** Nothing that somebody wrote meanwhile is lost. */
async function moveAside(
  path: string,
  name: string,
  { report, words }: { readonly report: Report; readonly words: KeptWords },
): Promise<void> {
  const aside = `${name}.kept-${crypto.randomUUID().slice(0, 8)}`;
  await Deno.rename(path, aside);
  const { why, hint } = words;
  report.warn({ code: "FILE_KEPT", message: `"${name}" ${why} in "${aside}"`, hint });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await Deno.link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error;
    return false;
  }
}

function alike(one: FileStamp, other: FileStamp | null): boolean {
  return one.size === other?.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino;
}

/** Folders that are not there yet, outermost first. */
async function missingFolders(swaps: readonly FileSwap[], root: string): Promise<string[]> {
  const missing = new Set<string>();
  for (const { to } of swaps) {
    for (let at = dirname(to); at !== root && at !== dirname(at); at = dirname(at)) {
      if (missing.has(at) || await lookAt(at) !== undefined) break;
      missing.add(at);
    }
  }
  return [...missing].sort((a, b) => a.length - b.length);
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    const { done } = await Deno.readDir(folder)[Symbol.asyncIterator]().next();
    if (done === true) await Deno.remove(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  if (await lookAt(path) !== undefined) await Deno.remove(path);
}

async function syncFolders(swaps: readonly FileSwap[]): Promise<void> {
  for (const folder of new Set(swaps.map(({ to }) => dirname(to)))) {
    if (await lookAt(folder) !== undefined) await syncDir(folder);
  }
}

/** A new file belongs to whom its neighbour belongs, so that the application can use it. */
async function ownAs(path: string, like: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  const [{ uid, gid }, mine] = await Promise.all([Deno.lstat(like), Deno.lstat(path)]);
  if (mine.uid !== uid || mine.gid !== gid) await Deno.chown(path, uid, gid);
}

/** A name that leaves room for what is put before it. */
function short(name: string): string {
  let cut = name;
  while (new TextEncoder().encode(cut).length > 180) cut = [...cut].slice(0, -1).join("");
  return cut;
}

function changed(path: string): HoldfastError {
  return new HoldfastError(
    "RESTORE_FAILED",
    `Cannot replace "${path}": it was changed since the safety backup`,
    { hint: "The state before was put back. Close the application, and run it again." },
  );
}
