import { equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { backup, listBackups } from "../../mod.ts";
import { becomes } from "../support/patience.ts";
import { processes } from "../support/processes.ts";
import { requireProgram } from "../support/require_program.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { endlessCheck } from "./application.ts";
import { Tmux } from "../support/tmux.ts";

const programs = ["tmux", "pgrep"];
const deno = Deno.execPath();
const cli = fileURLToPath(new URL("../../cli.ts", import.meta.url));
const crashing = fileURLToPath(new URL("./crashing_program.ts", import.meta.url));

/** Starts a program in the folder; its exit code is printed after it. */
async function start(program: string, dir: TempDir, env = ""): Promise<Tmux> {
  const run = `cd ${dir.path}; ${env} ${deno} run -q -A ${program}; echo "EXIT=$?"; sleep 600`;
  return await Tmux.start(run, { folder: dir.path });
}

function application(dir: TempDir): DatabaseSync {
  const app = new DatabaseSync(dir.join("app.db"));
  app.exec("CREATE TABLE works (title TEXT); INSERT INTO works VALUES ('Ninth'), ('Fifth')");
  return app;
}

async function clean(terminal: Tmux): Promise<void> {
  equal(await terminal.tell("#{alternate_on} #{cursor_flag}"), "0 1");
}

Deno.test({
  ...requireProgram(
    programs,
    "holdfast opens the UI, restores, undoes and leaves a clean terminal",
  ),
  fn: async () => {
    await using dir = await tempDir();
    using app = application(dir);
    await backup({ database: dir.join("app.db") });
    app.exec("DELETE FROM works WHERE title = 'Fifth'");
    await using terminal = await start(cli, dir, "printf 'typed ahead';");
    match(await terminal.see("1 backup"), /^ holdfast {3}app\.db /);
    equal(await terminal.tell("#{alternate_on}"), "1");
    await terminal.press("r");
    await terminal.see(/works\s+1 → 2\s+\+1/);
    await terminal.resize(60, 15);
    await terminal.see("esc cancel");
    await terminal.press("Enter");
    await terminal.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works").get()?.n, 2);
    await terminal.press("u");
    await terminal.see("Bring back the state before");
    await terminal.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works").get()?.n, 1);
    await terminal.press("Enter", "q");
    await terminal.see("EXIT=0");
    await clean(terminal);
  },
});

Deno.test({
  ...requireProgram(
    programs,
    "holdfast stops on SIGTERM, SIGHUP and Ctrl-C with the right exit code",
  ),
  fn: async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    for (const [signal, code] of [["SIGTERM", 143], ["SIGHUP", 129], ["C-c", 130]] as const) {
      await using terminal = await start(`${cli} tui app.db`, dir);
      await terminal.see("Last backup");
      if (signal === "C-c") await terminal.press("C-c");
      else Deno.kill(await childOf(Number(await terminal.tell("#{pane_pid}"))), signal);
      await terminal.see(`EXIT=${code}`);
      await clean(terminal);
    }
  },
});

Deno.test({
  ...requireProgram(
    programs,
    "holdfast leaves nothing behind when its terminal is closed during a backup",
  ),
  fn: async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    await endlessCheck(dir);
    await using terminal = await start(`${cli} tui`, dir);
    await terminal.see("none yet");
    const program = await childOf(Number(await terminal.tell("#{pane_pid}")));
    await terminal.press("b");
    await terminal.see(/◐ backup +check/);
    await terminal.close();
    // One that nobody waits for has ended all the same.
    await becomes(
      "the end of the program",
      () => !processes().some(({ pid, isAlive }) => pid === program && isAlive),
    );
    const { backups } = await listBackups({ database: dir.join("app.db") });
    equal(backups.length, 0);
    // The next run sweeps what a kill could have left, and finds all in order.
    const taken = await backup({ database: dir.join("app.db") });
    equal(taken.proof, "checked");
  },
});

for (const [way, code] of [["error", 1], ["rejection", 1], ["exit", 7]] as const) {
  Deno.test({
    ...requireProgram(programs, `a crash by ${way} gives the terminal back and stays readable`),
    fn: async () => {
      await using dir = await tempDir();
      await using terminal = await start(`${crashing} ${way}`, dir);
      await terminal.see("Which database");
      await terminal.press("Tab");
      const text = await terminal.see(`EXIT=${code}`);
      if (way !== "exit") match(text, /crashed: Nobody caught this/);
      await clean(terminal);
    },
  });
}

Deno.test({
  ...requireProgram(
    programs,
    "holdfast names the plain commands where the terminal cannot show the UI",
  ),
  fn: async () => {
    await using dir = await tempDir();
    await using dumb = await start(`${cli} tui`, dir, "TERM=dumb");
    const text = await dumb.see("EXIT=2");
    match(text, /TERM=dumb/);
    match(text, /holdfast backup, list, restore/);
  },
});

Deno.test({
  ...requireProgram(
    programs,
    "holdfast draws without colours under NO_COLOR, and in a terminal that says CI",
  ),
  fn: async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    await using terminal = await start(`${cli} tui app.db`, dir, "NO_COLOR=1 CI=1");
    const text = await terminal.see("none yet");
    ok(text.includes("⚠ no backup yet"));
    await terminal.press("q");
    await terminal.see("EXIT=0");
  },
});

Deno.test({
  ...requireProgram(
    programs,
    "holdfast writes plain lines for a screen reader, at any size, and leaves them to be read",
  ),
  fn: async () => {
    await using dir = await tempDir();
    using app = application(dir);
    await backup({ database: dir.join("app.db") });
    app.exec("DELETE FROM works WHERE title = 'Fifth'");
    await using terminal = await start(cli, dir, "INK_SCREEN_READER=true");
    await terminal.see("1 backup");
    equal(await terminal.tell("#{alternate_on} #{cursor_flag}"), "0 1");
    await terminal.resize(60, 15);
    await terminal.press("r");
    const text = await terminal.see(/works\s+1 → 2\s+\+1/);
    ok(!text.includes("──"), text);
    await terminal.resize(100, 30);
    await terminal.press("?");
    await terminal.see("Restore the selected backup");
    await terminal.press("Escape");
    await terminal.see(/works\s+1 → 2\s+\+1/);
    await terminal.press("Enter");
    await terminal.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works").get()?.n, 2);
    await terminal.press("Enter", "q");
    match(await terminal.see("EXIT=0"), /Last backup/);
    await clean(terminal);
  },
});

Deno.test("holdfast tui without a terminal says so and exits with 2", async () => {
  const { code, stderr } = await new Deno.Command(deno, {
    args: ["run", "-q", "-A", cli, "tui"],
    stdin: "null",
  }).output();
  equal(code, 2);
  match(new TextDecoder().decode(stderr), /Cannot open the terminal UI: the input is no terminal/);
});

/** The process that a shell runs. */
async function childOf(shell: number): Promise<number> {
  const { stdout } = await new Deno.Command("pgrep", { args: ["-P", String(shell)] }).output();
  return Number(new TextDecoder().decode(stdout).trim().split("\n")[0]);
}
