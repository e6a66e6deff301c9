/**
 * Removes what uploads left that nobody went on with.
 *
 * @module
 */

import { keyOfPath } from "../../core/extend/mod.ts";
import { unlink } from "./put_file.ts";
import { readFolder } from "./read_folder.ts";
import type { SftpSession } from "./sftp_session.ts";

/** How long an unfinished upload is kept. */
const kept = Temporal.Duration.from({ hours: 7 * 24 });

/**
 * Removes the parts in a folder that are a week older than the newest file in it,
 * which was put just now: so only the server's clock counts.
 */
export async function sweepParts(
  session: SftpSession,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const files = (await readFolder(session, folder, signal)).filter(({ isFile }) => isFile);
  const newest = files.map(({ modifiedAt }) => modifiedAt).sort(Temporal.Instant.compare).at(-1);
  if (newest === undefined) return;
  const limit = newest.subtract(kept);
  for (const { name, modifiedAt } of files) {
    if (keyOfPath(name) !== undefined || Temporal.Instant.compare(modifiedAt, limit) > 0) continue;
    await unlink(session, `${folder}/${name}`, signal);
  }
}
