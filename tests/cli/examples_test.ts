import assert from "node:assert/strict";
import { commandTable } from "../../cli/command_table.ts";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";
import { backup } from "../../core/backup.ts";
import type { Clock } from "../../core/clock.ts";
import { bareEnvironment, programPath } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

/** The examples in the help of every command, as they are typed, by the command that has them. */
async function examples(): Promise<readonly { readonly of: string; readonly line: string }[]> {
  const session = await startSession([], new AbortController().signal);
  const program = await makeProgram(session, "*");
  const found: { of: string; line: string }[] = [];
  const look = (command: typeof program, of: string): void => {
    let help = "";
    command.configureOutput({ writeOut: (text) => help += text });
    command.outputHelp();
    const lines = help.split("\n").flatMap((line) => /^ {2}\$ (.+)$/.exec(line)?.[1] ?? []);
    found.push(...lines.map((line) => ({ of, line })));
    for (const sub of command.commands) look(sub, of === "" ? sub.name() : of);
  };
  look(program, "");
  return found;
}

Deno.test("holdfast --help shows every command with an example", async () => {
  const all = (await examples()).map(({ line }) => line).join("\n");
  for (const { name } of commandTable) assert.ok(all.includes(`holdfast ${name} `), name);
});

/** What needs a terminal, a service or the world is tried by tests of its own. */
const apart = /holdfast (tui|notify test|watch|completions)/;

/** A person who tries examples one after another, in a folder of their own. */
interface Trial {
  readonly prepare: (path: string) => Promise<void>;
  readonly lines: readonly string[];
}

/** The examples that build upon each other; where they do not, two people try at a time. */
async function trials(): Promise<readonly Trial[]> {
  const all = (await examples()).filter(({ line }) => !apart.test(line));
  const isDated = (line: string): boolean => line.includes("2026-01-02");
  const groups = new Map<string, string[]>([["", []]]);
  for (const { of, line } of all) {
    const heading = commandTable.find(({ name }) => name === of)?.group ?? "";
    // Targets stand in the configuration that the ones before wrote, copies lie where they went.
    const near = heading === "Copies elsewhere:" ? "Setting up:" : heading;
    const group = line.includes("--target folder:usb") ? "Everyday:" : near;
    const archive = groups.get("Setting up:") ?? [];
    if (line.endsWith("--output app.zip")) groups.set("Setting up:", [line, ...archive]);
    if (!isDated(line)) groups.set(group, [...groups.get(group) ?? [], line]);
  }
  const dated = all.map(({ line }) => line).filter(isDated);
  return [
    ...[...groups.values()].map((lines) => ({ prepare, lines })),
    { prepare: prepareDated, lines: dated },
  ];
}

Deno.test({
  name: "holdfast --help shows examples that run as they are",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const failed: string[] = [];
    const queue = [...await trials()].sort((one, other) => other.lines.length - one.lines.length);
    const person = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        failed.push(...await tried(next));
      }
    };
    await Promise.all([person(), person()]);
    assert.deepEqual(failed, []);
  },
});

async function tried({ prepare, lines }: Trial): Promise<readonly string[]> {
  await using dir = await tempDir();
  await prepare(dir.path);
  const failed: string[] = [];
  for (const line of lines) {
    const { code, stderr } = await shell(line, dir.path);
    // One that asks has done all but ask: here is nobody to answer.
    const asks = code === 2 && stderr.includes(": this is no terminal\n");
    if (code !== 0 && !asks) failed.push(`${line}: exit ${code}: ${stderr}`);
  }
  return failed;
}

/** What the examples speak of, and a first backup. */
async function prepare(path: string): Promise<void> {
  makeSampleDatabase(`${path}/app.db`);
  for (const name of ["data", "usb", "safe"]) await Deno.mkdir(`${path}/${name}`);
  makeSampleDatabase(`${path}/data/one.db`);
  makeSampleDatabase(`${path}/data/two.db`);
  await backup({ database: `${path}/app.db`, retention: false });
}

/** With the backup of 2 January that some examples name, and a newer one. */
async function prepareDated(path: string): Promise<void> {
  makeSampleDatabase(`${path}/app.db`);
  const clock: Clock = {
    now: () => Temporal.Instant.from("2026-01-02T09:15:00Z"),
    zone: () => "UTC",
    elapsed: () => performance.now(),
  };
  await backup({ database: `${path}/app.db`, clock, retention: false });
  await backup({ database: `${path}/app.db`, retention: false });
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
