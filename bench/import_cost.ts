/**
 * What each export of the package costs to import: files of its graph, packages, and
 * milliseconds of `import()` in a fresh process (median). Prints the table of
 * docs/install.md: `deno run -A bench/import_cost.ts [runs]`
 *
 * @module
 */

import settings from "../deno.json" with { type: "json" };
import { importGraph } from "../tests/support/import_graph.ts";

const runs = Number(Deno.args[0] ?? 5);
const exports = Object.entries(settings.exports).filter(([name]) => name !== "./cli");
const times = new Map(exports.map(([name]): [string, number[]] => [name, []]));

// Interleaved, so that a busy moment hits all of them.
for (let run = 0; run < runs; run++) {
  for (const [name, file] of exports) times.get(name)?.push(await importMs(file));
}
say("| export | files | packages | ms |\n| --- | --- | --- | --- |");
for (const [name, file] of exports) {
  const { files, packages } = await importGraph(file);
  const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b);
  const ms = Math.round(sorted[Math.floor(runs / 2)] ?? NaN);
  say(`| \`${name}\` | ${files.length} | ${packages.length} | ${ms} |`);
}

/** The address stands in a variable: else Deno would load it before the clock starts. */
async function importMs(file: string): Promise<number> {
  const address = new URL(`../${file.slice(2)}`, import.meta.url).href;
  const script = `const address = ${JSON.stringify(address)}; const began = performance.now(); ` +
    "await import(address); console.log(performance.now() - began); Deno.exit(0);";
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return Number(new TextDecoder().decode(stdout));
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
