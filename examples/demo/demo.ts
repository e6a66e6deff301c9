/**
 * The demo: the main job on a database of its own, while another process writes to it.
 * `npx -y deno@2.9.6 task demo`
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { makeSampleDatabase } from "./sample_database.ts";

const root = new URL("../../", import.meta.url);
const folder = `${await Deno.realPath(Deno.env.get("TMPDIR") ?? "/tmp")}/holdfast-demo`;
const database = `${folder}/submissions.db`;
const bold = (text: string): string => Deno.noColor ? text : `\x1b[1m${text}\x1b[22m`;

await main();

async function main(): Promise<void> {
  await freshFolder();
  makeSampleDatabase(database);
  say(bold("1. An application at work"));
  say(`   ${database}`);
  say(`   ${counts()}`);
  const writer = startWriter();
  await pause(500);
  say("   Another process has it open now and commits without a pause.\n");

  say(bold("2. A backup, taken and proven while it writes"));
  await holdfast("backup", database, "--note", "before the accident");
  await holdfast("list", database);

  say(bold("3. The accident"));
  using app = new DatabaseSync(database);
  app.exec("PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON");
  say("   $ sqlite3 submissions.db 'delete from works'");
  app.exec("DELETE FROM works");
  say(`   ${counts()}\n`);

  say(bold("4. Restore, while the writer stays connected"));
  await holdfast("restore", "latest", "--database", database, "--yes");
  say(`   ${counts()}\n`);

  say(bold("5. Undo: the state before the restore is never lost"));
  await holdfast("undo", "--database", database, "--yes");
  say(`   ${counts()}`);
  say("   … and once more, which redoes:");
  await holdfast("undo", "--database", database, "--yes");
  say(`   ${counts()}\n`);

  const { commits, seconds } = await writer.stop();
  const rate = Math.round(commits / seconds);
  say(bold("6. The writer, all the while"));
  say(
    `   ${commits} commits in ${seconds.toFixed(1)} s (${rate} a second), connected throughout.\n`,
  );
  next();
}

function next(): void {
  say(bold("Try it yourself"));
  const here = decodeURIComponent(root.pathname).replace(/\/$/, "");
  const prefix = Deno.cwd() === here
    ? "npx -y deno@2.9.6 task"
    : `cd ${here} && npx -y deno@2.9.6 task`;
  say(`   ${prefix} list ${database}`);
  say(`   ${prefix} verify --all --database ${database}`);
  say(`   ${prefix} start tui ${database}`);
  say(`   ${prefix} backup path/to/your.db`);
}

/** Rows of each table. */
function counts(): string {
  using reader = new DatabaseSync(database);
  reader.exec("PRAGMA busy_timeout = 30000");
  const count = (table: string): string => {
    const n = Number(reader.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
    return `${n.toLocaleString("en")} ${table}`;
  };
  return ["works", "organizations", "submissions", "notes"].map(count).join(", ");
}

/** Runs the program as a person would, on this terminal. */
async function holdfast(...args: readonly string[]): Promise<void> {
  const shown = args.map((arg) => arg === database ? "submissions.db" : arg)
    .map((arg) => arg.includes(" ") ? `"${arg}"` : arg);
  say(`   $ holdfast ${shown.join(" ")}`);
  const cli = new URL("cli.ts", root).href;
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", cli, ...args],
    stdin: "null",
  }).spawn().status;
  if (code !== 0) {
    say(`holdfast ended with ${code}`);
    Deno.exit(code);
  }
  say("");
}

function startWriter(): { stop(): Promise<{ commits: number; seconds: number }> } {
  const script = new URL("./writer.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", script, database],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  return {
    stop: async () => {
      await child.stdin.close();
      const { success, stdout } = await child.output();
      if (!success) throw new Error("The writer was harmed");
      return JSON.parse(new TextDecoder().decode(stdout));
    },
  };
}

async function freshFolder(): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.mkdir(folder, { mode: 0o700 });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
