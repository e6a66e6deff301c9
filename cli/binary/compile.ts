/**
 * `deno task compile [--target …] [--packed]` makes `dist/holdfast`, one file that runs.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { compileArguments } from "./compile_arguments.ts";
import { packProgram } from "./pack_program.ts";
import { runDeno } from "./run_deno.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { target: { type: "string" }, packed: { type: "boolean", default: false } },
});
const folder = fileURLToPath(new URL("../../dist/", import.meta.url));
const isWindows = (values.target ?? Deno.build.target).includes("windows");
const output = `${folder}holdfast${isWindows ? ".exe" : ""}`;
await Deno.mkdir(folder, { recursive: true });
await make();
say(`dist/${output.slice(folder.length)}: ${Math.round((await Deno.stat(output)).size / 1e6)} MB`);

async function make(): Promise<void> {
  if (values.packed) return await packProgram(output);
  try {
    await runDeno(compileArguments(output, { target: values.target }));
  } catch (error) {
    const isHere = (values.target ?? Deno.build.target) === Deno.build.target;
    if (!(error instanceof Error) || !isHere || isWindows) throw error;
    say(`${error.message}\n`);
    say("deno compile did not work here: mostly its base runtime could not be downloaded.");
    say("Packing the running Deno and the program into a self-extracting file instead.");
    await packProgram(output);
  }
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
