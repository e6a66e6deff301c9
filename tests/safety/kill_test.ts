import { deepEqual, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, type HoldfastEvent, listBackups, verify } from "../../mod.ts";
import { noneLives, processes } from "../support/processes.ts";
import { tempDir } from "../support/temp_dir.ts";
import { lastNumber, makeLedger, tornIn } from "./writer.ts";

/** Kills per phase and victim; `HOLDFAST_KILLS=50` for a run by hand. */
const KILLS = Number(Deno.env.get("HOLDFAST_KILLS") ?? 10);

const scenarios = [
  { verb: "backup", mode: "wal", phases: ["snapshot", "check", "record"] },
  { verb: "backup", mode: "delete", phases: ["snapshot", "check", "record"] },
  { verb: "restore", mode: "wal", phases: ["safety", "wait", "restore", "check"] },
  { verb: "restore", mode: "delete", phases: ["safety", "wait", "restore", "check"] },
  { verb: "swap", mode: "delete", phases: ["check", "restore"] },
] as const;

for (const { verb, mode, phases } of scenarios) {
  Deno.test(`${verb} of a ${mode} database survives kill -9 in every phase`, async () => {
    const table: Record<string, Record<string, number>> = {};
    const jobs = phases.flatMap((phase) =>
      (["parent", "engine"] as const).flatMap((victim) =>
        victim === "engine" && phase === "record"
          ? []
          : Array.from({ length: victim === "parent" ? KILLS : Math.ceil(KILLS * 0.4) }, () => ({
            phase,
            victim,
          }))
      )
    );
    const work = async (): Promise<void> => {
      for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
        const hit = await killOnce({ verb, mode, ...job });
        const row = table[job.phase] ??= {};
        row[`${job.victim} ${hit}`] = (row[`${job.victim} ${hit}`] ?? 0) + 1;
      }
    };
    const ends = await Promise.allSettled([work(), work()]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    // deno-lint-ignore no-console -- which phases were hit how often is part of the result
    console.table(table);
    for (const phase of phases) {
      const row: Record<string, number> = table[phase] ?? {};
      ok((row["parent killed"] ?? 0) >= Math.min(KILLS, 10) * 0.8, `${phase} was hardly hit`);
    }
  });
}

interface Kill {
  readonly verb: "backup" | "restore" | "swap";
  readonly mode: string;
  readonly phase: string;
  readonly victim: "parent" | "engine";
}

/** Lets the verb run until the phase, kills, and looks at what is there. */
async function killOnce(kill: Kill): Promise<"killed" | "too late"> {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeLedger(database, kill.mode);
  advance(database, 1);
  await backup({ database });
  advance(database, 2);
  if (kill.verb === "swap") await Deno.writeFile(database, new Uint8Array(5000).fill(88));
  const hit = await runAndKill(kill, database);
  // Engines have what they work on among their arguments: the database or a staged copy.
  await noneLives(dir.path);
  wholeOrNothing(kill, database);
  await nextCommandPutsRight(kill, database);
  return hit;
}

/** A commit that moves everything to state `n`. */
function advance(path: string, n: number): void {
  using database = new DatabaseSync(path);
  database.exec(
    `BEGIN; UPDATE wide SET stamp = ${n} WHERE class = ${n}; INSERT INTO seq VALUES (${n}); COMMIT`,
  );
}

async function runAndKill(kill: Kill, database: string): Promise<"killed" | "too late"> {
  const script = new URL("./run_verb.ts", import.meta.url).href;
  const verb = kill.verb === "swap" ? "restore" : kill.verb;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", script, verb, database],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let rest = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (!lines.some((line) => phaseOf(JSON.parse(line)) === kill.phase)) continue;
    const pid = kill.victim === "parent" ? child.pid : newestEngine(child.pid);
    if (pid !== undefined) tryKill(pid);
    if (kill.victim === "parent") break;
  }
  const { success } = await child.status;
  return success ? "too late" : "killed";
}

function phaseOf(event: HoldfastEvent): string {
  if (event.type === "progress") return event.phase === "hash" ? "check" : event.phase;
  return event.type;
}

function tryKill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The youngest child process, by what the system says. */
function newestEngine(parent: number): number | undefined {
  const children = processes().filter(({ ppid }) => ppid === parent).map(({ pid }) => pid);
  return children.length === 0 ? undefined : Math.max(...children);
}

/** The live database has its old or its new state, whole. */
function wholeOrNothing(kill: Kill, database: string): void {
  if (kill.verb === "swap") return;
  deepEqual(tornOf(database), []);
  const state = lastNumber(database);
  ok(state === 2 || (kill.verb === "restore" && state === 1), `state ${state}`);
}

function tornOf(database: string): string[] {
  // The ledger was advanced by hand: only class 1 and 2 carry numbers.
  return tornIn(database).filter((wrong) => wrong !== "rows of another state");
}

/** Every file under a final name is whole, and the next command finds its way. */
async function nextCommandPutsRight(kill: Kill, database: string): Promise<void> {
  const { backups } = await listBackups({ database });
  for (const { path } of backups.filter(({ format }) => format === "db")) {
    deepEqual(tornOf(path), [], `${path} is not whole`);
  }
  if (kill.verb === "swap") {
    const { restore } = await import("../../mod.ts");
    await restore({ database, backup: "latest" });
    deepEqual(tornOf(database), []);
  } else await backup({ database });
  const { ok: good, backups: verified } = await verify({ database, all: true });
  ok(good, JSON.stringify(verified.filter((found) => !found.ok)));
  const directory = `${database.slice(0, database.lastIndexOf("/"))}/backups`;
  deepEqual([...Deno.readDirSync(`${directory}/.staging`)], []);
  const after = await listBackups({ database });
  const known = new Set(after.backups.map(({ name }) => name));
  const strays = [...Deno.readDirSync(directory)].filter(({ name }) =>
    /^\d{4}-/.test(name) && !known.has(name)
  );
  deepEqual(strays, []);
}
