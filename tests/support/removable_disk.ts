/**
 * A disk that is pulled out and plugged in again, for tests of what is mounted.
 *
 * @module
 */

import { smallDisk } from "./small_disk.ts";
import { tempDir } from "./temp_dir.ts";

/** A mount point whose disk comes and goes; it is pulled out at first. */
export interface RemovableDisk extends AsyncDisposable {
  /** The mount point, an empty folder while the disk is away. */
  readonly path: string;
  /** Mounts it. */
  plugIn(): Promise<void>;
  /** Takes it away at once, also while files on it are open. */
  pullOut(): Promise<void>;
}

/** Makes one; `undefined` where this user may not mount. */
export async function removableDisk(): Promise<RemovableDisk | undefined> {
  const disk = await smallDisk(8 * 1024);
  if (disk === undefined) return undefined;
  const point = await tempDir();
  let isIn = false;
  const pullOut = async (): Promise<void> => {
    if (isIn) await run("umount", "-l", point.path);
    isIn = false;
  };
  return {
    path: point.path,
    async plugIn() {
      await run("mount", "--bind", disk.path, point.path);
      isIn = true;
    },
    pullOut,
    async [Symbol.asyncDispose]() {
      await pullOut();
      await point[Symbol.asyncDispose]();
      await disk[Symbol.asyncDispose]();
    },
  };
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr)}`);
}
