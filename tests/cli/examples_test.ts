import assert from "node:assert/strict";
import { commandTable } from "../../cli/command_table.ts";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";
import { bareEnvironment, programPath } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

/** The examples in the help of every command, as they are typed. */
async function examples(): Promise<readonly string[]> {
  const session = await startSession([], new AbortController().signal);
  const program = await makeProgram(session, "*");
  const found: string[] = [];
  const look = (command: typeof program): void => {
    let help = "";
    command.configureOutput({ writeOut: (text) => help += text });
    command.outputHelp();
    found.push(...help.split("\n").flatMap((line) => /^ {2}\$ (.+)$/.exec(line)?.[1] ?? []));
    for (const sub of command.commands) look(sub);
  };
  look(program);
  return found;
}

Deno.test("holdfast --help shows every command with an example", async () => {
  const all = (await examples()).join("\n");
  for (const { name } of commandTable) assert.ok(all.includes(`holdfast ${name} `), name);
});

Deno.test({
  name: "holdfast --help shows examples that run as they are",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await prepare(dir.path);
    const failed: string[] = [];
    // What needs a terminal, a service or a configured place is tried by tests of its own.
    const apart = /^holdfast (tui|notify|watch|schedule (install|uninstall))/;
    const plain = (await examples()).filter((line) => !apart.test(line));
    for (const example of plain) {
      const { code, stderr } = await shell(example, dir.path);
      if (code !== 0) failed.push(`${example}: exit ${code}: ${stderr}`);
    }
    assert.deepEqual(failed, []);
  },
});

/** What the examples speak of; they run one after another, as a person would try them. */
async function prepare(path: string): Promise<void> {
  makeSampleDatabase(`${path}/app.db`);
  await Deno.mkdir(`${path}/data`);
  makeSampleDatabase(`${path}/data/one.db`);
  makeSampleDatabase(`${path}/data/two.db`);
}

async function shell(line: string, cwd: string): Promise<{ code: number; stderr: string }> {
  const holdfast = `holdfast() { '${Deno.execPath()}' run -q -A '${programPath}' "$@"; }\n`;
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", `${holdfast}${line}`],
    cwd,
    clearEnv: true,
    env: bareEnvironment(cwd),
    stdout: "null",
    stderr: "piped",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}
