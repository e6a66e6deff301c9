/**
 * Brings a stored backup, alone, into a private folder, where it may be opened: a
 * foreign `-wal` or `-journal` beside it would change it.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { isFile } from "../files/is_file.ts";
import type { Staging } from "../files/staging.ts";
import { syncFile } from "../files/sync_file.ts";

/**
 * Links the file into the folder under this name, or copies it where links cannot be.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` where the file is gone.
 */
export async function stageArtifact(
  path: string,
  staging: Staging,
  name = "artifact.db",
): Promise<string> {
  if (!await isFile(path)) throw missing(path);
  const staged = staging.file(name);
  if (path === staged) return staged;
  try {
    await Deno.link(path, staged);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw missing(path);
    return await copyArtifact(path, staged);
  }
  return staged;
}

/** A copy of its own, for a file that will be changed. */
export async function copyArtifact(path: string, to: string): Promise<string> {
  await Deno.copyFile(path, to);
  await Deno.chmod(to, 0o600);
  await syncFile(to);
  return to;
}

function missing(path: string): HoldfastError {
  return new HoldfastError("BACKUP_INVALID", `Cannot find the file of the backup: "${path}"`, {
    hint: "It was moved or deleted. `holdfast list` shows the others.",
  });
}
