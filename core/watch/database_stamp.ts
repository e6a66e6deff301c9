/**
 * Notices commits without touching the database: by what the system tells of its files.
 *
 * @module
 */

import { stat } from "node:fs/promises";

/**
 * A text that changes with each commit: size, inode and time (nanoseconds) of the file and
 * of its `-wal`. Neither is opened, so no lock of the application is touched. It may
 * change without a commit (a checkpoint). `undefined` where the file is not there.
 */
export async function databaseStamp(path: string): Promise<string | undefined> {
  const file = await stampOf(path);
  return file === undefined ? undefined : `${file} ${await stampOf(`${path}-wal`) ?? ""}`;
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { size, ino, mtimeNs } = await stat(path, { bigint: true });
    return `${size}.${ino}.${mtimeNs}`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // A disk that went away answers with EIO, or is not there.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EIO" || code === "EACCES") {
      return undefined;
    }
    throw error;
  }
}
