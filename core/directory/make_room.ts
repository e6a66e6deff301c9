/**
 * Room for what is about to be written: where it is short, the trash goes first.
 *
 * @module
 */

import { bytesOf } from "../retention/apply_retention.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { freeSpace } from "../files/free_space.ts";
import { mirror, type OpenDirectory } from "./open_directory.ts";
import type { Report } from "../report.ts";
import { emptyTrash } from "./trash.ts";

/** @throws {HoldfastError} `NO_SPACE` where `size` bytes do not fit, also without the trash. */
export async function makeRoom(
  { catalog, place }: OpenDirectory,
  { size, report }: { readonly size: number; readonly report: Report },
): Promise<void> {
  const fits = async (): Promise<boolean> =>
    ((await freeSpace(place.directory))?.free ?? size) >= size;
  if (!await fits()) {
    const gone = await emptyTrash(catalog, fits);
    if (gone.length > 0) {
      await mirror(catalog, report);
      const freed = (bytesOf(gone) / 1e6).toFixed(1);
      report.warn({
        code: "TRASH_EMPTIED",
        message: `Space is low: ${gone.length} deleted backups (${freed} MB) went for good`,
        hint: "Free some room, or keep fewer backups.",
      });
    }
  }
  await refuseWithoutRoom(place.directory, size);
}
