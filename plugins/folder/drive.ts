/**
 * Is the drive there, and is it the one from before? A marker file with an id
 * tells, and the id is kept in the state.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { type StateStore, TargetError, writeFileAtomic } from "../../core/extend/mod.ts";

/** The name of the marker. Keys never lead to it: no name of theirs begins with a dot. */
export const markerName = ".holdfast-target.json";

/** The key of the id in the state. */
export const driveKey = "driveId";

/** What {@linkcode Drive} is made from. */
export interface DriveOptions {
  /** The folder for the copies. */
  readonly path: string;
  /** Something must be mounted here. */
  readonly mountPoint?: string | undefined;
  /** Keeps the id of the drive. */
  readonly state: StateStore;
}

/** The drive that a folder lies on. */
export class Drive {
  readonly #options: DriveOptions;

  /** Makes one; touches nothing. */
  constructor(options: DriveOptions) {
    this.#options = options;
  }

  /**
   * The folder with its links resolved, once it is known to be the right one;
   * `undefined` where it was never used yet. Throws `unavailable` where the drive is
   * not mounted and `denied` where it is another than before.
   */
  async find(): Promise<string | undefined> {
    const { path, state } = this.#options;
    await this.#checkMount();
    const root = await realPath(path);
    const [known, found] = [await state.get(driveKey), root && await markerId(root)];
    if (found !== undefined && known === undefined) await state.set(driveKey, found);
    if (found !== undefined && (known === undefined || known === found)) return root;
    if (known === undefined) return undefined;
    if (found === undefined) {
      throw new TargetError("unavailable", `Cannot use the folder "${path}": not mounted`, {
        hint: "Connect its drive. If the folder is empty on purpose: holdfast target disconnect",
      });
    }
    throw new TargetError("denied", `Cannot use the folder "${path}": another drive than before`, {
      hint: "Connect the drive from before. To go on with this one: holdfast target disconnect",
    });
  }

  /** The folder, ready to be written to: at first use it is made and marked. */
  async prepare(): Promise<string> {
    const found = await this.find();
    if (found !== undefined) return found;
    const { path, state } = this.#options;
    const parent = await realPath(dirname(path));
    if (parent === undefined) {
      throw new TargetError("unavailable", `Cannot use the folder "${path}": not there`, {
        hint: `Connect its drive, or make the folder "${dirname(path)}".`,
      });
    }
    const root = await realPath(path) ?? join(parent, path.slice(dirname(path).length + 1));
    await Deno.mkdir(root, { recursive: true, mode: 0o700 });
    const id = crypto.randomUUID();
    await writeFileAtomic(join(root, markerName), `${JSON.stringify({ id })}\n`);
    await state.set(driveKey, id);
    return root;
  }

  /** Throws `unavailable` where something must be mounted and nothing is. */
  async #checkMount(): Promise<void> {
    const { mountPoint } = this.#options;
    if (mountPoint === undefined || Deno.build.os === "windows") return;
    const at = await realPath(mountPoint);
    const here = at && await Deno.stat(at);
    const above = at && await Deno.stat(dirname(at));
    if (here && above && (here.dev !== above.dev || here.ino === above.ino)) return;
    throw new TargetError("unavailable", `Cannot use "${mountPoint}": nothing is mounted there`, {
      hint: "Connect the drive.",
    });
  }
}

/** The path with links resolved; `undefined` where nothing is there. */
async function realPath(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The id in the marker; `undefined` where there is none. */
async function markerId(root: string): Promise<string | undefined> {
  const path = join(root, markerName);
  try {
    const marker: unknown = JSON.parse(await Deno.readTextFile(path));
    if (typeof marker === "object" && marker !== null && "id" in marker) return String(marker.id);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new TargetError("corrupt", `Cannot read the marker "${path}"`, {
    hint: "Check the drive. Remove the file to have it marked anew.",
  });
}
