/**
 * One after the other, also across processes.
 *
 * @module
 */

import { fileError } from "./file_error.ts";

/**
 * Runs a short step while it holds the lock of a file, which is made where it is missing and
 * stays. Whoever is killed gives it up. Needs `--allow-read` and `--allow-write`.
 *
 * Throws `PERMISSION_DENIED`, `NO_SPACE` or `BACKUP_FAILED` where the file cannot be made, and
 * what the step throws.
 */
export async function lockedFor<Result>(
  path: string,
  step: () => Promise<Result>,
): Promise<Result> {
  using file = await opened(path);
  await file.lock(true);
  return await step();
}

async function opened(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (cause) {
    throw fileError(`Cannot lock "${path}"`, cause, "BACKUP_FAILED");
  }
}
