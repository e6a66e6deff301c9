/**
 * `list --limit 20` with 10,000 backups against the same with 10: whole processes, and the
 * library alone. `deno run -A bench/list.ts [pairs]`
 *
 * @module
 */

import { backup, listBackups } from "../mod.ts";
import { Catalog } from "../core/catalog/catalog.ts";
import { line, type PairResult, timePairs } from "./support/pairs.ts";
import { projectFile, removeTree, runDeno } from "./support/run.ts";
import { makeSample } from "./support/sample.ts";

/** Measures both. */
export async function listMany(folder: string, pairs: number): Promise<PairResult[]> {
  const cli = projectFile("cli.ts");
  const few = await withBackups(`${folder}/few.db`, 10);
  const many = await withBackups(`${folder}/many.db`, 10_000);
  const list = async (directory: string): Promise<void> => {
    await runDeno(cli, "list", "--directory", directory, "--limit", "20");
  };
  const inside = async (directory: string): Promise<void> => {
    for (let i = 0; i < 20; i++) await listBackups({ directory, limit: 20 });
  };
  return [
    await timePairs({
      name: "list --limit 20 of 10,000 backups ÷ of 10, whole process",
      bar: 1.5,
      pairs,
      ours: () => list(many),
      peer: () => list(few),
    }),
    await timePairs({
      name: "listBackups of 10,000, the newest 20, ÷ of 10, 20 times",
      bar: 1.5,
      pairs,
      ours: () => inside(many),
      peer: () => inside(few),
    }),
  ];
}

/** The backup directory of a database, its catalog with so many records, whose files need not be there. */
async function withBackups(database: string, count: number): Promise<string> {
  makeSample(database, 1e5, "wal");
  const directory = `${database}.backups`;
  const { path: _, ...record } = await backup({ database, directory, retention: false });
  using catalog = Catalog.openToWrite(directory);
  catalog.transaction(() => {
    for (let i = 2; i <= count; i++) {
      const name = `2026-01-01_00-00-00_${i}.db`;
      catalog.put({ ...record, id: String(i), name, path: `${directory}/${name}`, sequence: i });
    }
  });
  return directory;
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
  try {
    for (const result of await listMany(folder, Number(Deno.args[0] ?? 11))) {
      Deno.stdout.writeSync(new TextEncoder().encode(`${line(result)}\n`));
    }
  } finally {
    await removeTree(folder);
  }
}
