/**
 * Applies the retention policy after a new good backup. What goes wrong here is a
 * warning: the backup stands.
 *
 * @module
 */

import {
  carryOut,
  planFor,
  type PolicyOptions,
  type Pruned,
  prunedDetails,
  prunedWords,
  refuseMassDelete,
} from "./apply_retention.ts";
import type { DirectoryWork } from "../directory/directory_job.ts";
import { mirror } from "../directory/open_directory.ts";
import { asHoldfastError } from "../report.ts";
import { logged } from "../directory/run_log.ts";

/** What went; nothing where pruning failed. */
export async function pruneAfterBackup(
  { policy, zone }: PolicyOptions,
  work: DirectoryWork,
): Promise<Pruned> {
  const { open, clock, report } = work;
  const nothing: Pruned = { trashed: [], purged: [] };
  try {
    const now = clock.now();
    const decided = await planFor(open.catalog, { policy, zone: zone ?? clock.zone(), now });
    refuseMassDelete(decided);
    if (decided.delete.length === 0 && open.catalog.trashed().length === 0) return nothing;
    return await logged("prune", { catalog: open.catalog, clock }, async () => {
      const done = await carryOut(decided, work);
      await mirror(open.catalog, report);
      const details = prunedDetails(done);
      return { result: done, end: { outcome: "done", message: prunedWords(done), details } };
    });
  } catch (error) {
    const { message, hint } = asHoldfastError(error, "INTERNAL");
    report.warn({ code: "PRUNE_FAILED", message: `The backup stands. ${message}`, hint });
    return nothing;
  }
}
