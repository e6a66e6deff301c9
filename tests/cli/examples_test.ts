import assert from "node:assert/strict";
import { commandTable } from "../../cli/command_table.ts";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";
import { backup } from "../../core/backup.ts";
import type { Clock } from "../../core/clock.ts";
import { bareEnvironment, programPath } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

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
    const apart = /holdfast (tui|notify|watch|completions|schedule (install|uninstall))/;
    const plain = (await examples()).filter((line) => !apart.test(line));
    for (const example of plain) {
      await using own = example.includes("2026-01-02") ? await dated(example) : undefined;
      const { code, stderr } = await shell(example, own?.path ?? dir.path);
      // One that asks has done all but ask: here is nobody to answer.
      const asks = code === 2 && stderr.includes(": this is no terminal\n");
      if (code !== 0 && !asks) failed.push(`${example}: exit ${code}: ${stderr}`);
    }
    assert.deepEqual(failed, []);
  },
});

/** What the examples speak of; they run one after another, as a person would try them. */
async function prepare(path: string): Promise<void> {
  makeSampleDatabase(`${path}/app.db`);
  for (const name of ["data", "usb", "safe"]) await Deno.mkdir(`${path}/${name}`);
  makeSampleDatabase(`${path}/data/one.db`);
  makeSampleDatabase(`${path}/data/two.db`);
}

/** A folder of its own with the backup of 2 January that some examples name, and a newer one. */
async function dated(example: string): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const clock: Clock = {
    now: () => Temporal.Instant.from("2026-01-02T09:15:00Z"),
    zone: () => "UTC",
    elapsed: () => performance.now(),
  };
  await backup({ database: dir.join("app.db"), clock, retention: false });
  await backup({ database: dir.join("app.db"), retention: false });
  if (example.includes(" undelete ")) {
    await shell("holdfast delete 2026-01-02_09-15-00 --database app.db --yes", dir.path);
  }
  return dir;
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
