/**
 * What is refused before a restore changes anything.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { makeRoom } from "../directory/make_room.ts";
import type { RestoreOptions } from "../restore.ts";
import type { LiveState, RestorePreview } from "./restore_preview.ts";
import type { RestoreWork } from "./restore_work.ts";

/** @throws {HoldfastError} `RESTORE_FAILED` where something gives one pause and nobody was asked. */
export function refuseDoubts(preview: RestorePreview, options: RestoreOptions): void {
  const [doubt] = preview.doubts;
  if (doubt === undefined || options.force || options.confirm !== undefined) return;
  throw new HoldfastError("RESTORE_FAILED", `Cannot restore "${preview.backup}": ${doubt}`, {
    hint: "Nothing was changed. Add --force if you mean it.",
  });
}

/** Room for the safety backup, and for the backup in the live database's `-wal`. */
export async function refuseForSpace(work: RestoreWork, live: LiveState): Promise<void> {
  const size = work.record?.size ?? (await Deno.stat(work.artifact)).size;
  const now = live.kind === "open" ? live.facts.pageCount * live.facts.pageSize : 0;
  const safety = work.options.safety === false ? 0 : now;
  await makeRoom(work.open, { size: safety, report: work.report });
  await refuseWithoutRoom(work.database, size);
}
