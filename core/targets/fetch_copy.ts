/**
 * Brings a copy back: downloaded, decoded, checked against the hash of the backup.
 *
 * @module
 */

import { dirname } from "node:path";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { decodeToFile } from "../extend/codec_chain.ts";
import { TargetError } from "../extend/target_error.ts";
import type { CopyRecord } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/**
 * Writes the backup of a copy to a path in an existing folder, whole or not at all.
 *
 * Throws a `TargetError`: `not_found`, `corrupt` where it is not the backup, `denied`
 * where the key is not the right one; `NO_SPACE`.
 */
export async function fetchCopy(
  { artifact, backup }: CopyRecord,
  path: string,
  { place, target, report, signal }: TargetWork,
): Promise<void> {
  await refuseWithoutRoom(dirname(path), backup.sizeBytes);
  const codecs = await Promise.all(artifact.codecs.map((name) => place.codec(name)));
  const total = artifact.size;
  const progress = (done: number): void =>
    report.progress({ phase: "download", done, total, unit: "bytes", item: place.name });
  const decoded = await decodeToFile(await target.get(artifact.key, { signal }), codecs, {
    path,
    signal,
    sha256: artifact.sha256,
    size: backup.sizeBytes,
    onProgress: progress,
  });
  if (decoded.sha256 !== backup.sha256) {
    await Deno.remove(path);
    throw new TargetError(
      "corrupt",
      `Cannot use the copy of "${backup.filename}": another SHA-256`,
      {
        hint: "Take another copy.",
      },
    );
  }
}
