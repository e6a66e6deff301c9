/**
 * A disk that is really full soon, for tests of `NO_SPACE`.
 *
 * @module
 */

import { becomes } from "./patience.ts";
import { tempDir } from "./temp_dir.ts";

/** A file system of its own with little room. */
export interface SmallDisk extends AsyncDisposable {
  /** Where it is mounted. */
  readonly path: string;
}

/** Runs a program and tells whether it ended well. */
async function ran(program: string, ...args: readonly string[]): Promise<boolean> {
  const { success } = await new Deno.Command(program, {
    args: [...args],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

/**
 * Mounts a file system of so many KiB; `undefined` where this user may not.
 */
export async function smallDisk(kib: number): Promise<SmallDisk | undefined> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return undefined;
  const dir = await tempDir();
  if (!await ran("mount", "-t", "tmpfs", "-o", `size=${kib}k`, "tmpfs", dir.path)) {
    await dir[Symbol.asyncDispose]();
    return undefined;
  }
  return {
    path: dir.path,
    async [Symbol.asyncDispose](): Promise<void> {
      // A program that another test starts just now holds for a moment what is open here.
      await becomes(`"${dir.path}" is unmounted`, () => ran("umount", dir.path));
      await dir[Symbol.asyncDispose]();
    },
  };
}
