/**
 * A proven backup against `sqlite3 .backup` + `openssl dgst -sha256` + `sqlite3 "pragma
 * integrity_check"`, both synced to the disk.
 *
 * @module
 */

import { backup } from "../mod.ts";
import { type PairResult, timePairs } from "./support/pairs.ts";
import { removeTree, run } from "./support/run.ts";

/** Measures it for a database in a folder. */
export async function provenBackup(
  { folder, database, pairs, size }: {
    readonly folder: string;
    readonly database: string;
    readonly pairs: number;
    readonly size: string;
  },
): Promise<PairResult> {
  const directory = `${folder}/proven`;
  const copy = `${folder}/peer.db`;
  return await timePairs({
    name: `proven backup of ${size} ÷ sqlite3 .backup + openssl sha256 + integrity_check`,
    bar: 0.6,
    pairs,
    ours: async () => {
      await removeTree(directory);
      await backup({ database, directory, warnSizeMB: 1e6 });
    },
    peer: async () => {
      await removeTree(copy);
      await run("sqlite3", database, `.backup '${copy}'`);
      await run("sync", copy);
      await run("openssl", "dgst", "-sha256", copy);
      await run("sqlite3", copy, "PRAGMA integrity_check");
    },
  });
}
