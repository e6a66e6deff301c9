/**
 * The target `zip`: a folder of archives that any ZIP tool opens.
 *
 * @module
 */

import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  abortableStream,
  type Body,
  exactStream,
  fileBody,
  type Kind,
  makePrivateDir,
  type PluginContext,
  type PutOptions,
  sweepUnfinished,
  type Target,
  type TargetObject,
  type TargetQuota,
  writeFileAtomic,
} from "../../core/extend/mod.ts";
import type { ArchiveLimits } from "./archive_limits.ts";
import { folderError, isMissing, missing } from "./folder_error.ts";
import { forgetFolder, KnownFolder } from "./known_folder.ts";
import { objectArchive, objectSize, objectStream } from "./object_archive.ts";
import { fileOfKey, isOwnArchive, keyOfFile } from "./object_name.ts";
import {
  levelOf,
  levelSettings,
  limitSettings,
  limitsOf,
  passwordOf,
  passwordSetting,
} from "./zip_settings.ts";

/**
 * A folder in which each object is an archive: one that is an archive already (the
 * format `zip`) as it is, every other in an archive of its own with the SHA-256 of
 * its bytes. Files appear whole and synced.
 */
export const zipTarget: Kind<Target> = {
  summary: "A folder of ZIP archives: a USB drive, a share, a synced folder.",
  settings: [
    { name: "folder", kind: "path", required: true, help: "The folder; it must be there." },
    ...levelSettings,
    passwordSetting,
    ...limitSettings,
  ],
  async create(context): Promise<Target> {
    return new ZipTarget(new KnownFolder(folderOf(context), context.state), {
      level: levelOf(context),
      password: await passwordOf(context),
      limits: limitsOf(context),
    });
  },
  disconnect: ({ state }) => forgetFolder(state),
};

/** How objects are packed. */
export interface ZipTargetOptions {
  readonly level: number;
  readonly password: string | undefined;
  readonly limits: ArchiveLimits;
}

/** The folder as a setting. */
function folderOf({ settings }: PluginContext): string {
  return typeof settings.folder === "string" ? settings.folder : "";
}

/** The five verbs over a folder. */
class ZipTarget implements Target {
  readonly #folder: KnownFolder;
  readonly #options: ZipTargetOptions;
  readonly #swept = new Set<string>();

  constructor(folder: KnownFolder, options: ZipTargetOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  async put(key: string, body: Body, { signal, onProgress }: PutOptions): Promise<void> {
    signal.throwIfAborted();
    const path = this.#pathOf(key);
    await this.#try(`Cannot store "${key}"`, signal, async () => {
      await this.#folder.claim();
      await makePrivateDir(dirname(path));
      const content = isOwnArchive(key)
        ? abortableStream(exactStream(body), signal)
        : objectArchive(key, body, { ...this.#options, signal, onProgress });
      const told = isOwnArchive(key) ? onProgress : undefined;
      await writeFileAtomic(path, content, { signal, onProgress: told });
      await this.#sweep(path);
    });
    onProgress?.(body.size);
  }

  async get(
    key: string,
    { signal, offset = 0 }: { readonly signal: AbortSignal; readonly offset?: number | undefined },
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    signal.throwIfAborted();
    return await this.#try(`Cannot read "${key}"`, signal, async () => {
      await this.#folder.check();
      const file = await this.#open(key);
      if (file === undefined) throw missing(key);
      const stream = isOwnArchive(key)
        ? file.slice(offset, file.size).stream()
        : await objectStream(file, offset, { ...this.#options, signal });
      return abortableStream(stream, signal);
    });
  }

  async stat(
    key: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<TargetObject | undefined> {
    signal.throwIfAborted();
    return await this.#try(`Cannot look at "${key}"`, signal, async () => {
      await this.#folder.check();
      return await this.#describe(key, signal);
    });
  }

  async *list(
    prefix: string,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<TargetObject> {
    signal.throwIfAborted();
    const action = `Cannot list "${this.#folder.path}"`;
    const files = await this.#try(action, signal, async () => {
      await this.#folder.check();
      return await Array.fromAsync(this.#files("", prefix));
    });
    for (const file of files) {
      const key = keyOfFile(file);
      if (key === undefined || !key.startsWith(prefix)) continue;
      signal.throwIfAborted();
      const object = await this.#try(action, signal, () => this.#describe(key, signal));
      // It may have been removed since.
      if (object !== undefined) yield object;
    }
    signal.throwIfAborted();
  }

  async remove(key: string, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    signal.throwIfAborted();
    await this.#try(`Cannot remove "${key}"`, signal, async () => {
      await this.#folder.check();
      try {
        await Deno.remove(this.#pathOf(key));
      } catch (cause) {
        if (!isMissing(cause)) throw cause;
      }
    });
  }

  async quota({ signal }: { readonly signal: AbortSignal }): Promise<TargetQuota> {
    signal.throwIfAborted();
    return await this.#try(`Cannot look at "${this.#folder.path}"`, signal, async () => {
      await this.#folder.check();
      try {
        const { bsize, blocks, bfree, bavail } = await statfs(this.#folder.path);
        return { total: bsize * blocks, used: bsize * (blocks - bfree), free: bsize * bavail };
      } catch (cause) {
        // Without --allow-sys the place tells nothing.
        if (cause instanceof Deno.errors.NotCapable) return {};
        throw cause;
      }
    });
  }

  #pathOf(key: string): string {
    return join(this.#folder.path, ...fileOfKey(key).split("/"));
  }

  /** The file of an object; `undefined` where there is none. */
  async #open(key: string): Promise<Body | undefined> {
    try {
      return await fileBody(this.#pathOf(key));
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw cause;
    }
  }

  /** What is known of an object. Of a damaged archive, the size of its file: not that of the object. */
  async #describe(key: string, signal: AbortSignal): Promise<TargetObject | undefined> {
    const file = await this.#open(key);
    if (file === undefined) return undefined;
    const { mtime } = await Deno.stat(this.#pathOf(key));
    const size = isOwnArchive(key)
      ? file.size
      : await objectSize(file, { ...this.#options, signal }) ?? file.size;
    if (mtime === null) return { key, size };
    return {
      key,
      size,
      modifiedAt: Temporal.Instant.fromEpochMilliseconds(mtime.getTime()),
    };
  }

  /** Removes what a kill left, once for each folder that is written to. */
  async #sweep(path: string): Promise<void> {
    const folder = dirname(path);
    if (this.#swept.has(folder)) return;
    this.#swept.add(folder);
    await sweepUnfinished(folder, path);
  }

  /** Every file below a folder that may hold a key with the prefix. */
  async *#files(folder: string, prefix: string): AsyncGenerator<string> {
    if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) return;
    for await (
      const { name, isFile, isDirectory } of Deno.readDir(join(this.#folder.path, folder))
    ) {
      if (isFile) yield folder + name;
      else if (isDirectory) yield* this.#files(`${folder}${name}/`, prefix);
    }
  }

  /** Runs a step; what the system throws comes out as an error of a kind. */
  async #try<Result>(
    action: string,
    signal: AbortSignal,
    step: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await step();
    } catch (cause) {
      throw signal.aborted ? signal.reason : folderError(action, cause);
    }
  }
}
