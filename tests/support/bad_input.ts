/**
 * Tables of wrong input.
 *
 * @module
 */

import assert from "node:assert/strict";
import { runHoldfast } from "./run_holdfast.ts";

/** The arguments, the exit code, and a part of what is printed on standard error. */
export type BadInput = readonly [args: readonly string[], code: number, message: string];

/** Runs each row in a folder, and sees that no file comes, goes or changes. */
export async function refusesEach(rows: readonly BadInput[], cwd: string): Promise<void> {
  const before = await filesIn(cwd);
  const wrong: string[] = [];
  const queue = [...rows];
  const worker = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      const [args, code, message] = row;
      const ran = await runHoldfast(args, { cwd });
      const what = JSON.stringify(args);
      if (ran.code !== code) wrong.push(`${what}: exit ${ran.code}, not ${code}: ${ran.stderr}`);
      if (!ran.stderr.includes(message)) wrong.push(`${what}: not "${message}": ${ran.stderr}`);
      if (/\n\s+at /.test(ran.stderr)) wrong.push(`${what}: a stack trace: ${ran.stderr}`);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  assert.deepEqual(wrong, []);
  assert.deepEqual(await filesIn(cwd), before);
}

/** The names in a folder, with the text of what is JSON. */
async function filesIn(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(path)) {
    const isText = name.endsWith(".json");
    found.push(isText ? `${name}: ${await Deno.readTextFile(`${path}/${name}`)}` : name);
  }
  return found.sort();
}
