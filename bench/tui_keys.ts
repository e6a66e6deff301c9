/**
 * From a key press to the changed screen of the terminal UI while a large backup runs,
 * and without one. The bar is 100 ms. `deno run -A bench/tui_keys.ts [megabytes] [presses]`.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { median, quantile, TerminalProgram } from "./terminal_program.ts";

const megabytes = Number(Deno.args[0] ?? 1000);
const presses = Number(Deno.args[1] ?? 60);
const deno = Deno.execPath();
const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));

const folder = await Deno.makeTempDir();
try {
  using app = new DatabaseSync(`${folder}/app.db`);
  app.exec("CREATE TABLE blobs (id INTEGER PRIMARY KEY, x BLOB)");
  const insert = app.prepare("INSERT INTO blobs (x) VALUES (randomblob(100000))");
  app.exec("BEGIN");
  for (let i = 0; i < megabytes * 10; i++) insert.run();
  app.exec("COMMIT");
  await using program = new TerminalProgram(`${deno} run -q -A ${cli} tui app.db`, folder);
  await program.shows("none yet");
  report("idle", await pressed(program, { most: presses }));
  await program.press("b");
  const ended = program.shows("Backed up:").then(() => true);
  await program.shows("backup");
  let busy = true;
  void ended.then(() => busy = false);
  report(
    `during a backup of ${megabytes} MB`,
    await pressed(program, { most: 10_000, while: () => busy }),
  );
  await program.press("q");
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Goes to the list and back, and measures each. */
async function pressed(
  program: TerminalProgram,
  until: { readonly most: number; readonly while?: () => boolean },
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < until.most && (until.while?.() ?? true); i++) {
    const [key, wanted] = i % 2 === 0 ? ["l", "by date"] : ["\x1b", "Last backup"];
    const began = performance.now();
    await program.press(key);
    await program.shows(wanted);
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

function report(during: string, times: readonly number[]): void {
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    during,
    keys: times.length,
    medianMs: Math.round(median(times)),
    p99Ms: Math.round(quantile(times, 0.99)),
    worstMs: Math.round(Math.max(...times)),
    barMs: 100,
  }));
}
