/**
 * The clone snapshot against `cp` and fsync.
 *
 * @module
 */

import { liveGrant } from "../core/database_file.ts";
import { runJob } from "../core/engine/client.ts";
import { syncFile } from "../core/files/sync_file.ts";
import { type PairResult, timePairs } from "./support/pairs.ts";
import { removeTree, run } from "./support/run.ts";

/** Measures it for a database in a folder. */
export async function cloneSnapshot(
  { folder, database, pairs, size }: {
    readonly folder: string;
    readonly database: string;
    readonly pairs: number;
    readonly size: string;
  },
): Promise<PairResult> {
  const stage = `${folder}/stage`;
  const copy = `${folder}/peer.db`;
  return await timePairs({
    name: `clone snapshot of ${size} ÷ cp and fsync`,
    bar: 1.3,
    pairs,
    ours: async () => {
      await removeTree(stage);
      await Deno.mkdir(stage);
      const destination = `${stage}/copy.db`;
      const request = { source: database, destination, engine: "clone", busyMs: 1000 } as const;
      await runJob("snapshot", request, { grant: liveGrant(database, stage) });
      await syncFile(destination);
    },
    peer: async () => {
      await removeTree(copy);
      await run("cp", database, copy);
      await run("sync", copy);
    },
  });
}
