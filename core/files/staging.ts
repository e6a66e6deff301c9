/**
 * Private folders for work in progress, below `.staging/` of a backup directory. A
 * folder whose process is gone is left of a kill: the next run sweeps it.
 *
 * @module
 */

import { basename, join } from "node:path";
import { makePrivateDir, unfinishedPrefix } from "./atomic_file.ts";
import { isMissing, systemFault } from "./file_error.ts";

/** The folder's name in the backup directory. */
export const STAGING_DIR = ".staging";

/** Inside a staging folder: locked as long as its process lives. */
const ALIVE_FILE = ".alive";

/** What the name of a private folder beside a file begins and ends with. */
const BESIDE = /^\.unfinished-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A private folder, removed when it is disposed of. */
export class Staging implements AsyncDisposable {
  /** Absolute path. */
  readonly path: string;
  readonly #alive: Deno.FsFile;
  #left = false;

  private constructor(path: string, alive: Deno.FsFile) {
    this.path = path;
    this.#alive = alive;
  }

  /** Makes a new one below a backup directory. */
  static create(directory: string): Promise<Staging> {
    return Staging.#make(() => join(directory, STAGING_DIR, crypto.randomUUID()));
  }

  /** Makes a new one in a folder that is no backup directory: {@linkcode sweepBeside} finds it. */
  static beside(folder: string): Promise<Staging> {
    return Staging.#make(() => join(folder, `${unfinishedPrefix}${crypto.randomUUID()}`));
  }

  static async #make(name: () => string): Promise<Staging> {
    while (true) {
      const path = name();
      await makePrivateDir(path);
      const alive = await lockAlive(path);
      if (alive !== undefined) return new Staging(path, alive);
    }
  }

  /** A path inside it. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** What it holds is left to the next run, as after a kill. */
  leave(): void {
    this.#left = true;
  }

  /** Whether it is left to the next run. */
  get isLeft(): boolean {
    return this.#left;
  }

  /** Removes it with all that it holds. What cannot be removed now the next run sweeps. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#alive.close();
    if (this.#left) return;
    try {
      await removeTree(this.path);
    } catch (error) {
      // It must not hide what came of the work.
      if (systemFault(error) === undefined) throw error;
      this.#left = true;
    }
  }
}

/** Marks a folder as alive; `undefined` where a sweep took it away before. */
async function lockAlive(path: string): Promise<Deno.FsFile | undefined> {
  let file: Deno.FsFile | undefined;
  try {
    file = await Deno.open(join(path, ALIVE_FILE), { write: true, create: true, mode: 0o600 });
    await file.lock(true);
    await Deno.stat(join(path, ALIVE_FILE));
    return file;
  } catch (error) {
    file?.close();
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Removes a folder with its content, if it is still there. */
async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Looks for folders whose process is gone, lets `rescue` take what matters out of
 * each, and removes those from which it could (`true`).
 *
 * @returns How many were removed.
 */
export async function sweepStaging(
  directory: string,
  rescue: (path: string) => Promise<boolean>,
): Promise<number> {
  return await sweep(await foldersIn(join(directory, STAGING_DIR)), rescue);
}

/** As {@linkcode sweepStaging}, for what {@linkcode Staging.beside} made in a folder. */
export async function sweepBeside(
  folder: string,
  rescue: (path: string) => Promise<boolean>,
): Promise<number> {
  const paths = await foldersIn(folder);
  return await sweep(paths.filter((path) => BESIDE.test(basename(path))), rescue);
}

async function sweep(
  paths: readonly string[],
  rescue: (path: string) => Promise<boolean>,
): Promise<number> {
  let swept = 0;
  for (const path of paths) {
    if (await isAlive(path)) continue;
    if (!await rescue(path)) continue;
    await removeTree(path);
    swept++;
  }
  return swept;
}

/** Folders whose process is gone, without touching them. */
export async function deadStaging(directory: string): Promise<readonly string[]> {
  const dead: string[] = [];
  for (const path of await foldersIn(join(directory, STAGING_DIR))) {
    if (!await isAlive(path)) dead.push(path);
  }
  return dead;
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => join(path, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function isAlive(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(join(path, ALIVE_FILE), { write: true });
    return !await file.tryLock(true);
  } catch (error) {
    // Killed between the folder and its file, or no folder of ours at all.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
