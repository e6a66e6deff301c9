import assert from "node:assert/strict";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";

/** A command as a message names it, up to the end of what is quoted. */
const MENTION = /\bholdfast ([^`"'\n]+)/g;

const root = new URL("../../", import.meta.url);

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
    if (isDirectory) yield* sources(`${folder}${name}/`);
    else if (/\.tsx?$/.test(name) && !/_test\.tsx?$/.test(name)) yield `${folder}${name}`;
  }
}

/** Its words, up to the end of the sentence. */
function wordsOf(line: string): readonly string[] {
  const words = line.trim().split(/\s+/);
  const last = words.findIndex((word) => /[.,:;)]$/.test(word));
  return (last < 0 ? words : words.slice(0, last + 1)).map((word) => word.replace(/[.,:;)]$/, ""));
}

/** The command that the words call; `undefined` where they are prose. */
function commandOf(
  program: CommandUnknownOpts,
  words: readonly string[],
): CommandUnknownOpts | undefined {
  let at: CommandUnknownOpts | undefined;
  for (const word of words) {
    const next: CommandUnknownOpts | undefined = (at ?? program).commands
      .find((command) => command.name() === word);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

Deno.test("every option of a command that a message or an example names exists", async () => {
  const session = await startSession([], new AbortController().signal);
  const program = await makeProgram(session, "*");
  const wrong: string[] = [];
  let seen = 0;
  for (const path of ["core/", "cli/", "plugins/", "tui/"].flatMap((room) => [...sources(room)])) {
    const text = Deno.readTextFileSync(new URL(path, root));
    for (const [mention, line = ""] of text.matchAll(MENTION)) {
      const words = wordsOf(line);
      const command = commandOf(program, words);
      for (const flag of words.filter((word) => /^--[a-z-]+$/.test(word))) {
        seen++;
        if (flag === "--help" || command?.options.some(({ long }) => long === flag)) continue;
        wrong.push(`${path}: ${mention}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(seen > 50, `only ${seen} were seen: are they still found?`);
});
