/**
 * From the start of the process to the first frame of the terminal UI, and to the first
 * one with data: medians, beside an empty `deno run`. The bar is 400 ms.
 * `deno run -A bench/tui_start.ts [runs]`.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { backup } from "../mod.ts";
import { median, TerminalProgram } from "./terminal_program.ts";

const runs = Number(Deno.args[0] ?? 15);
const deno = Deno.execPath();
const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));

const folder = await Deno.makeTempDir();
try {
  using app = new DatabaseSync(`${folder}/app.db`);
  app.exec("CREATE TABLE works (title TEXT); INSERT INTO works VALUES ('Ninth')");
  await backup({ database: `${folder}/app.db` });
  await Deno.writeTextFile(`${folder}/empty.ts`, 'console.log("there")');
  const empty: number[] = [];
  const frame: number[] = [];
  const data: number[] = [];
  for (let run = 0; run < runs; run++) {
    empty.push(await time(`${deno} run -q empty.ts`, ["there"]).then(([first = NaN]) => first));
    const [first = NaN, second = NaN] = await time(`${deno} run -q -A ${cli} tui app.db`, [
      "holdfast",
      "Last backup",
    ]);
    frame.push(first);
    data.push(second);
  }
  // deno-lint-ignore no-console -- a script prints its result
  console.log(JSON.stringify({
    runs,
    emptyMs: Math.round(median(empty)),
    firstFrameMs: Math.round(median(frame)),
    firstDataMs: Math.round(median(data)),
    barMs: 400,
  }));
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Milliseconds from the start until each text was shown. */
async function time(command: string, texts: readonly string[]): Promise<number[]> {
  const began = performance.now();
  await using program = new TerminalProgram(command, folder);
  const times: number[] = [];
  for (const text of texts) {
    await program.shows(text);
    times.push(performance.now() - began);
  }
  if (texts.length > 1) await program.press("q");
  return times;
}
