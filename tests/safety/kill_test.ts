import { deepEqual, equal, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { backup, listBackups, restore, verify } from "../../mod.ts";
import { noneLives } from "../support/processes.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { lastNumber, makeLedger, tornIn } from "./writer.ts";

/** Kills per phase and victim; `HOLDFAST_KILLS=50` for a run by hand. */
const KILLS = Number(Deno.env.get("HOLDFAST_KILLS") ?? 10);

/** Tries per kill: an engine may end its phase before the kill is there. */
const TRIES = 100;

type Victim = "parent" | "engine";

interface Scenario {
  readonly verb: "backup" | "restore" | "swap";
  readonly modes: readonly string[];
  /** The phases in which each is killed, the last ones included. */
  readonly parent: readonly string[];
  readonly engine: readonly string[];
}

const scenarios: readonly Scenario[] = [
  {
    verb: "backup",
    modes: ["wal", "delete"],
    parent: ["started", "snapshot", "check", "record", "recorded", "finished"],
    engine: ["snapshot", "check"],
  },
  {
    verb: "restore",
    modes: ["wal", "delete"],
    parent: ["check", "safety", "recorded", "wait", "restore", "look back", "finished"],
    engine: ["check", "safety", "wait", "restore", "look back"],
  },
  {
    verb: "swap",
    modes: ["delete"],
    parent: ["check", "restore", "swapped", "finished"],
    engine: ["check"],
  },
];

for (const scenario of scenarios) {
  Deno.test(`${scenario.verb} survives kill -9 in every phase`, async () => {
    const hits = new Map<string, number>();
    const jobs = (["parent", "engine"] as const).flatMap((victim) =>
      scenario[victim].flatMap((point) =>
        Array.from({ length: KILLS }, (_, round) => ({ victim, point, round }))
      )
    );
    const work = async (): Promise<void> => {
      await using place = await Place.make();
      for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
        const mode = scenario.modes[job.round % scenario.modes.length] ?? "wal";
        const kill: Kill = { verb: scenario.verb, mode, ...job };
        for (let tries = 0; await killOnce(kill, place) === "too late"; tries++) {
          ok(tries < TRIES, `no ${job.victim} could be killed in ${job.point}`);
        }
        const key = `${job.point}/${job.victim}`;
        hits.set(key, (hits.get(key) ?? 0) + 1);
      }
    };
    const ends = await Promise.allSettled([work(), work()]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    const points = [...new Set([...scenario.parent, ...scenario.engine])];
    const row = (point: string): Record<Victim, number> => ({
      parent: hits.get(`${point}/parent`) ?? 0,
      engine: hits.get(`${point}/engine`) ?? 0,
    });
    // deno-lint-ignore no-console -- which phases were hit how often is part of the result
    console.table(Object.fromEntries(points.map((point) => [point, row(point)])));
    for (const point of scenario.parent) equal(row(point).parent, KILLS, point);
    for (const point of scenario.engine) equal(row(point).engine, KILLS, point);
  });
}

interface Kill {
  readonly verb: Scenario["verb"];
  readonly mode: string;
  readonly point: string;
  readonly victim: Victim;
  readonly round: number;
}

/** A folder that is set up again for each kill: a database in state 2 with a backup of state 1. */
class Place implements AsyncDisposable {
  readonly database: string;
  readonly #dir: TempDir;
  readonly #files = new Map<string, ReadonlyMap<string, Uint8Array>>();

  private constructor(dir: TempDir) {
    this.#dir = dir;
    this.database = dir.join("app.db");
  }

  static async make(): Promise<Place> {
    return new Place(await tempDir());
  }

  async setUp({ verb, mode, point, victim }: Kill): Promise<void> {
    for (const { name } of Deno.readDirSync(this.#dir.path)) {
      Deno.removeSync(this.#dir.join(name), { recursive: true });
    }
    const isSlow = point === "look back" && victim === "engine";
    const kind = `${mode}${isSlow ? " slow" : ""}`;
    const known = this.#files.get(kind);
    if (known === undefined) this.#files.set(kind, await this.#prepare(mode, isSlow));
    else {
      Deno.mkdirSync(this.#dir.join("backups"), { mode: 0o700 });
      for (const [name, bytes] of known) Deno.writeFileSync(this.#dir.join(name), bytes);
    }
    if (verb === "swap") Deno.writeFileSync(this.database, new Uint8Array(5000).fill(88));
  }

  /** The look back of a small database is over before a kill can come: a slow check holds it. */
  async #prepare(mode: string, isSlow: boolean): Promise<ReadonlyMap<string, Uint8Array>> {
    makeLedger(this.database, mode);
    if (isSlow) addSlowCheck(this.database);
    advance(this.database, 1);
    await backup({ database: this.database });
    advance(this.database, 2);
    const names = ["", "backups"].flatMap((folder) =>
      [...Deno.readDirSync(this.#dir.join(folder))]
        .filter(({ isFile }) => isFile).map(({ name }) => `${folder}/${name}`)
    );
    return new Map(names.map((name) => [name, Deno.readFileSync(this.#dir.join(name))]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dir[Symbol.asyncDispose]();
  }
}

/** Lets the verb run until the phase, kills, and looks at what is there. */
async function killOnce(kill: Kill, place: Place): Promise<"killed" | "too late"> {
  await place.setUp(kill);
  const { database } = place;
  const script = fileURLToPath(new URL("./run_verb.ts", import.meta.url));
  const verb = kill.verb === "swap" ? "restore" : kill.verb;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", script, verb, database, kill.point, kill.victim],
    stdout: "null",
    stderr: "null",
  }).output();
  if (success) return "too late";
  // Engines have what they work on among their arguments: the database or a staged copy.
  await noneLives(dirname(database));
  wholeOrNothing(kill, database);
  await nextCommandPutsRight(kill, database);
  return "killed";
}

/** A table whose rows take SQLite's check about half a second. */
function addSlowCheck(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE slow (n INTEGER CHECK (length(hex(zeroblob(20000000 + n))) > 0));
    INSERT INTO slow VALUES (1), (2), (3), (4), (5);
  `);
}

/** A commit that moves everything to state `n`. */
function advance(path: string, n: number): void {
  using database = new DatabaseSync(path);
  database.exec(
    `BEGIN; UPDATE wide SET stamp = ${n} WHERE class = ${n}; INSERT INTO seq VALUES (${n}, ''); COMMIT`,
  );
}

/** The live database has its old or its new state, whole. */
function wholeOrNothing({ verb, point }: Kill, database: string): void {
  if (verb === "swap" && point !== "swapped" && point !== "finished") return;
  deepEqual(tornOf(database), []);
  const state = lastNumber(database);
  if (verb === "backup") return equal(state, 2);
  if (point === "finished" || verb === "swap") return equal(state, 1);
  const isBefore = ["check", "safety", "recorded"].includes(point);
  ok(state === 2 || (!isBefore && state === 1), `state ${state} in ${point}`);
}

function tornOf(database: string): string[] {
  // The ledger was advanced by hand: only class 1 and 2 carry numbers.
  return tornIn(database).filter((wrong) => wrong !== "rows of another state");
}

/** Every file under a final name is whole, and the next command finds its way and says so. */
async function nextCommandPutsRight(kill: Kill, database: string): Promise<void> {
  const { backups } = await listBackups({ database });
  for (const { path } of backups.filter(({ format }) => format === "db")) {
    deepEqual(tornOf(path), [], `${path} is not whole`);
  }
  const { warnings } = kill.verb === "swap"
    ? await restore({ database, backup: "latest" })
    : await backup({ database });
  deepEqual(tornOf(database), []);
  const hadBegun = kill.verb === "restore" && ["wait", "restore", "look back"].includes(kill.point);
  if (hadBegun && kill.victim === "parent") {
    ok(warnings.some(({ code }) => code === "RECOVERED"), `${kill.point}: put right in silence`);
  }
  // Half of the times, in both modes: each backup is a process more.
  if (kill.round % 4 < 2) {
    const { ok: good, backups: verified } = await verify({ database, all: true });
    ok(good, JSON.stringify(verified.filter((found) => !found.ok)));
  }
  const folder = database.slice(0, database.lastIndexOf("/"));
  deepEqual([...Deno.readDirSync(`${folder}/backups/.staging`)], []);
  const after = await listBackups({ database });
  const known = new Set(after.backups.map(({ name }) => name));
  const strays = [folder, `${folder}/backups`].flatMap((path) => [...Deno.readDirSync(path)])
    .filter(({ name }) => !known.has(name) && /^\d{4}-|holdfast|unfinished/.test(name));
  deepEqual(strays, []);
}
