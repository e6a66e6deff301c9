/**
 * A folder that is the same one as before, not the empty place where a drive is
 * mounted at other times.
 *
 * @module
 */

import { join } from "node:path";
import { type StateStore, TargetError, writeFileAtomic } from "../../core/extend/mod.ts";

/** The file that tells folders apart. */
export const markerName = ".holdfast-folder";

/** The key in the store. */
const stateKey = "folder-id";

/** Tells whether a folder is there and is the one that was used before. */
export class KnownFolder {
  /** Its path. */
  readonly path: string;
  readonly #state: StateStore;
  #marked: Promise<void> | undefined;

  /** Looks after the folder at this path. */
  constructor(path: string, state: StateStore) {
    this.path = path;
    this.#state = state;
  }

  /** Throws `unavailable` where the folder is missing, or not the one of before. */
  async check(): Promise<void> {
    if (!await isFolder(this.path)) throw unavailable(this.path, "it is not there");
    const [known, found] = [await this.#state.get(stateKey), await this.#marker()];
    if (known === undefined && found !== undefined) await this.#state.set(stateKey, found);
    if (known === undefined || known === found) return;
    const why = found === undefined
      ? "nothing of before is in it"
      : "it is another one than before";
    throw unavailable(this.path, why);
  }

  /** Checks, and marks a folder that is used for the first time. */
  async claim(): Promise<void> {
    await this.check();
    this.#marked ??= this.#mark();
    try {
      await this.#marked;
    } catch (cause) {
      this.#marked = undefined;
      throw cause;
    }
  }

  async #mark(): Promise<void> {
    if (await this.#marker() !== undefined) return;
    const id = crypto.randomUUID();
    await writeFileAtomic(join(this.path, markerName), id);
    await this.#state.set(stateKey, id);
  }

  /** What the marker says; `undefined` where there is none. */
  async #marker(): Promise<string | undefined> {
    try {
      return (await Deno.readTextFile(join(this.path, markerName))).trim();
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return undefined;
      throw cause;
    }
  }
}

/** Forgets which folder it was, so that another one is accepted. */
export async function forgetFolder(state: StateStore): Promise<void> {
  await state.delete(stateKey);
}

/** Whether a folder is there. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}

/** The error for a folder that is not there now. */
function unavailable(path: string, why: string): TargetError {
  return new TargetError("unavailable", `Cannot use the folder "${path}": ${why}`, {
    hint: "Mount the drive or the share. For a new one: holdfast target disconnect",
  });
}
