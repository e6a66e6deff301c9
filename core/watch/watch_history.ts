/**
 * What the catalog knows of earlier runs.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import type { Run } from "../catalog/run.ts";
import { isDirectory } from "../files/is_file.ts";
import type { WatchHistory } from "./watch_database.ts";

/** Reads it, without a lock; nothing where there is no catalog yet. */
export async function watchHistory(directory: string): Promise<WatchHistory> {
  if (!await isDirectory(directory)) return {};
  using catalog = Catalog.openToRead(directory);
  const runs = catalog?.runs({ jobs: ["backup", "verify"] }) ?? [];
  const began = (fits: (run: Run) => boolean): Temporal.Instant | undefined => {
    const run = runs.find(fits);
    return run === undefined ? undefined : Temporal.Instant.from(run.startedAt);
  };
  return {
    scheduledAt: began(({ job, details }) =>
      job === "backup" && details.reason === "auto:schedule"
    ),
    goodAt: began(({ job, outcome }) =>
      job === "backup" && (outcome === "done" || outcome === "partly" || outcome === "skipped")
    ),
    verifiedAt: began(({ job, outcome, details }) =>
      job === "verify" && outcome !== "running" && details.all === true
    ),
  };
}
