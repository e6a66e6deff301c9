import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { compileArguments } from "../../cli/binary/compile_arguments.ts";
import { tempDir } from "../support/temp_dir.ts";

// The base runtime may be out of reach: Deno's own executable stands in for it. What it
// makes does not run, but the list of what is embedded is the same.
Deno.test("compileArguments: the engine, its worker, the terminal UI and the plugins are embedded", async () => {
  await using dir = await tempDir();
  const { stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: compileArguments(dir.join("holdfast")),
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { DENORT_BIN: Deno.execPath(), NO_COLOR: "1" },
  }).output();
  const log = stripVTControlCharacters(new TextDecoder().decode(stderr));
  assert.ok(success, log);
  const binary = new TextDecoder("latin1").decode(await Deno.readFile(dir.join("holdfast")));
  for (const file of embedded) assert.ok(binary.includes(file), `${file} is not embedded`);
  assert.doesNotMatch(log, /better-sqlite3|fast-check|_test\.ts/);
});

/** A sentence out of each file that must be there. */
const embedded: readonly string[] = [
  "The engine process: reads one job from standard input",
  "The far side of a lane: takes a task, does it, answers",
  "Finding and loading a plugin by what the configuration calls it",
  "ZIP archives that any ZIP tool opens",
  "Tries retention policies beside the UI",
  "From arguments to the command that they call",
];
