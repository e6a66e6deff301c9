/**
 * A backup of a 1 MB database and a list of 1,000 backups, whole processes, against an
 * empty `deno run`.
 *
 * @module
 */

import { Catalog } from "../core/catalog/catalog.ts";
import { backup } from "../mod.ts";
import { type PairResult, timePairs } from "./support/pairs.ts";
import { projectFile, run, runDeno } from "./support/run.ts";
import { makeSample } from "./support/sample.ts";

const cli = projectFile("cli.ts");

/** Measures both. */
export async function smallBackup(folder: string, pairs: number): Promise<PairResult[]> {
  const database = `${folder}/small.db`;
  makeSample(database, 1e6, "wal");
  const empty = `${folder}/empty.ts`;
  await Deno.writeTextFile(empty, "");
  const peer = async (): Promise<void> => {
    await run(Deno.execPath(), "run", "-q", empty);
  };
  const one = await timePairs({
    name: "backup of 1 MB, whole process ÷ an empty deno run",
    bar: 12,
    pairs,
    ours: async () => {
      await runDeno(cli, "backup", database, "--quiet");
    },
    peer,
  });
  await fillCatalog(database);
  const many = await timePairs({
    name: "list of 1,000 backups, whole process ÷ an empty deno run",
    bar: 4,
    pairs,
    ours: async () => {
      await runDeno(cli, "list", database);
    },
    peer,
  });
  return [one, many];
}

/** The catalog gets 1,000 records, whose files need not be there. */
async function fillCatalog(database: string): Promise<void> {
  const { path, unchanged: _, warnings: __, ...record } = await backup({ database });
  using catalog = Catalog.openToWrite(path.slice(0, path.lastIndexOf("/")));
  catalog.transaction(() => {
    for (let i = 0; i < 1000; i++) {
      const sequence = 10_000 + i;
      catalog.put({ ...record, path, id: crypto.randomUUID(), name: `filled-${i}.db`, sequence });
    }
  });
}
