/**
 * Measures the bars of the main job, side by side in one run, and keeps the figures as
 * JSON in `bench/results/`. It fails on nothing. `deno task bench [sizes in MB] [pairs]`
 *
 * @module
 */

import { cloneSnapshot } from "./clone_snapshot.ts";
import { peakMemory } from "./memory.ts";
import { provenBackup } from "./proven_backup.ts";
import { smallBackup } from "./small_backup.ts";
import { line, type PairResult } from "./support/pairs.ts";
import { projectFile, removeTree } from "./support/run.ts";
import { makeSample } from "./support/sample.ts";
import { type Latency, writerLatency } from "./writer_latency.ts";

const [sizes = "10,100,1000", pairsText = "5"] = Deno.args;
const pairs = Number(pairsText);
const folder = await Deno.makeTempDir({ prefix: "holdfast-bench-" });
const results: { pairs: PairResult[]; latency: Latency[]; memory: Record<string, number> } = {
  pairs: [],
  latency: [],
  memory: {},
};

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

function note(result: PairResult): void {
  results.pairs.push(result);
  say(line(result));
}

try {
  for (const result of await smallBackup(folder, Math.max(pairs, 11))) note(result);
  for (const megabytes of sizes.split(",").map(Number)) {
    const database = `${folder}/${megabytes}.db`;
    makeSample(database, megabytes * 1e6);
    const size = `${megabytes} MB`;
    note(await provenBackup({ folder, database, pairs, size }));
    note(await cloneSnapshot({ folder, database, pairs, size }));
    const memory = await peakMemory(database, `${folder}/memory`);
    results.memory[size] = memory;
    say(`peak anonymous memory, backup of ${size}: ${(memory / 1e6).toFixed(0)} MB (bar 150)`);
    await removeTree(`${folder}/memory`);
    await removeTree(`${folder}/proven`);
    if (megabytes < 1000) await removeTree(database);
  }
  for (const mode of ["wal", "delete"]) {
    const database = `${folder}/latency-${mode}.db`;
    makeSample(database, 200e6, mode);
    const directory = `${folder}/latency-${mode}`;
    const latency = await writerLatency(database, { mode, directory, rounds: pairs });
    results.latency.push(latency);
    say(
      `writer in ${mode} mode: p99 ${latency.p99Backup.toFixed(1)} ms ÷ ${
        latency.p99Alone.toFixed(1)
      } ms alone = ${latency.ratio.toFixed(2)} (bar 2); longest stall ${
        latency.longestBackup.toFixed(0)
      } ms, alone ${latency.longestAlone.toFixed(0)} ms; BUSY ${latency.busy}`,
    );
    await removeTree(directory);
    await removeTree(database);
  }
} finally {
  await removeTree(folder);
}
await Deno.mkdir(projectFile("bench/results"), { recursive: true });
await Deno.writeTextFile(
  projectFile("bench/results/main.json"),
  `${JSON.stringify(results, null, 2)}\n`,
);
