import { deepStrictEqual as equal, ok, rejects, throws } from "node:assert/strict";
import { countRows, execSql, makeSampleDatabase } from "../tests/support/sample_database.ts";
import { removableDisk } from "../tests/support/removable_disk.ts";
import { SteppedTime } from "../tests/support/stepped_time.ts";
import { tempDir } from "../tests/support/temp_dir.ts";
import { automate, type AutomateOptions, type Automation, type AutoOutcome } from "./automate.ts";
import { memoryState } from "./extend/memory_state.ts";
import { listBackups } from "./list.ts";

interface Bench extends AsyncDisposable {
  readonly database: string;
  readonly time: SteppedTime;
  readonly options: AutomateOptions;
  reasons(): Promise<readonly string[]>;
  /** The next outcome, also of the timer. */
  next(): Promise<AutoOutcome>;
}

async function bench(): Promise<Bench> {
  const dir = await tempDir();
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  const time = new SteppedTime();
  const told: AutoOutcome[] = [];
  let wake = (): void => undefined;
  return {
    database,
    time,
    options: {
      database,
      clock: time,
      timers: time,
      onOutcome: (outcome) => {
        told.push(outcome);
        wake();
      },
    },
    reasons: async () => (await listBackups({ database })).backups.map(({ reason }) => reason),
    next: async () => {
      while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const [first] = told.splice(0, 1);
      if (first === undefined) throw new Error("nothing was told");
      return first;
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

Deno.test("automate takes a backup at the start only if the last good one is older than 24 hours", async () => {
  await using it = await bench();
  await using first = automate(it.options);
  equal((await first.onStartup()).kind, "taken");
  await first.stop();
  execSql(it.database, "DELETE FROM notes");
  await it.time.pass({ hours: 23 });
  await using second = automate(it.options);
  equal((await second.onStartup()).kind, "not due");
  await second.stop();
  await it.time.pass({ hours: 2 });
  await using third = automate(it.options);
  equal((await third.onStartup()).kind, "taken");
  equal(await it.reasons(), ["auto:startup", "auto:startup"]);
});

Deno.test("automate takes one at the end only if anything changed", async () => {
  await using it = await bench();
  const automation = automate(it.options);
  await automation.onStartup();
  equal((await automation.onShutdown()).kind, "unchanged");
  execSql(it.database, "DELETE FROM notes");
  equal((await automation.onShutdown()).kind, "taken");
  equal(await it.reasons(), ["auto:shutdown", "auto:startup"]);
  equal((await automate({ ...it.options, onShutdown: false }).onShutdown()).kind, "not due");
});

Deno.test("automate takes one every 4 hours while it runs, and none where nothing changed", async () => {
  await using it = await bench();
  await using automation = automate(it.options);
  await automation.onStartup();
  await it.next();
  execSql(it.database, "DELETE FROM notes");
  await it.time.pass({ hours: 4 });
  equal(await it.next().then(({ kind, reason }) => ({ kind, reason })), {
    kind: "taken",
    reason: "auto:timer",
  });
  await it.time.pass({ hours: 4 });
  equal((await it.next()).kind, "unchanged");
  equal(await it.reasons(), ["auto:timer", "auto:startup"]);
});

Deno.test("automate makes up for one timer while the machine slept", async () => {
  await using it = await bench();
  await using automation = automate(it.options);
  await automation.onStartup();
  await it.next();
  execSql(it.database, "DELETE FROM notes");
  it.time.set("2026-01-04T12:00:00Z");
  await it.time.pass({ minutes: 1 });
  equal((await it.next()).kind, "taken");
  equal((await it.reasons()).length, 2);
});

Deno.test("automate restores what a failed migration did, where it was asked to", async () => {
  await using it = await bench();
  const automation = automate({ ...it.options, onFailure: "restore" });
  const outcome = await automation.beforeMigration(() => {
    execSql(it.database, "DROP TABLE works; PRAGMA user_version = 9");
    throw new Error("step two");
  });
  ok(!outcome.ok && outcome.stage === "work" && outcome.restored !== undefined);
  equal(countRows(it.database, "works"), 3);
  equal(await it.reasons(), ["pre-restore", "pre-migration"]);
});

Deno.test("automate offers the restore by default, and asks where it is given a question", async () => {
  await using it = await bench();
  const fail = (): void => {
    execSql(it.database, "DELETE FROM works");
    throw new Error("row 7 is no work");
  };
  const offered = await automate(it.options).beforeImport(fail);
  ok(!offered.ok && offered.stage === "work" && offered.restored === undefined);
  equal(countRows(it.database, "works"), 0);
  await offered.restore();
  equal(countRows(it.database, "works"), 3);
  const asked = automate({ ...it.options, onFailure: ({ error }) => error instanceof Error });
  const answer = await asked.beforeUpgrade(fail);
  ok(!answer.ok && answer.restored !== undefined);
  equal(countRows(it.database, "works"), 3);
  equal((await it.reasons()).toSorted(), [
    "pre-import",
    "pre-restore",
    "pre-restore",
    "pre-upgrade",
  ]);
});

Deno.test("automate gives the value of work that went well", async () => {
  await using it = await bench();
  const outcome = await automate(it.options).beforeImport(() => Promise.resolve(7));
  ok(outcome.ok);
  equal(outcome.value, 7);
  equal(outcome.backup.reason, "pre-import");
});

Deno.test("automate never throws into the application, unless it asked for that", async () => {
  await using it = await bench();
  const options = { ...it.options, database: `${it.database}.gone` };
  const quiet = automate({
    ...options,
    onOutcome: () => undefined,
  });
  equal((await quiet.onStartup()).kind, "failed");
  equal((await quiet.onShutdown()).kind, "failed");
  let isRun = false;
  const work = (): void => {
    isRun = true;
  };
  const guarded = await quiet.beforeMigration(work);
  ok(!guarded.ok && guarded.stage === "backup");
  const loud = automate({ ...options, throws: true });
  await rejects(loud.onStartup(), { code: "DATABASE_MISSING" });
  await rejects(loud.beforeMigration(work), { code: "DATABASE_MISSING" });
  equal(isRun, false);
  throws(() => automate({ ...options, every: "0s" }), { code: "USAGE" });
  throws(() => automate({ ...options, startupAfter: "soon" }), { code: "USAGE" });
});

Deno.test({
  name: "automate puts nothing into the empty mount point of a disk that is away",
  // Only root may mount, and only on Linux.
  ignore: !(Deno.build.os === "linux" && Deno.uid() === 0),
  fn: async () => {
    await using disk = await removableDisk();
    if (disk === undefined) throw new Error("Cannot mount a disk");
    await using it = await bench();
    const state = memoryState();
    const options = { ...it.options, directory: `${disk.path}/backups`, state };
    const failed = async (automation: Automation): Promise<void> => {
      execSql(it.database, "INSERT INTO notes (text) VALUES ('more')");
      const outcome = await automation.onShutdown();
      ok(outcome.kind === "failed" && outcome.error.message.endsWith("its disk is away"));
      const guarded = await automation.beforeImport(() => undefined);
      ok(!guarded.ok && guarded.stage === "backup");
      equal([...Deno.readDirSync(disk.path)], []);
    };
    await disk.plugIn();
    const automation = automate(options);
    equal((await automation.onStartup()).kind, "taken");
    const forgetful = automate({ ...options, state: undefined });
    equal((await forgetful.onStartup()).kind, "not due");
    await disk.pullOut();
    await failed(automation);
    await failed(forgetful);
    // The next start of the application knows it by the state.
    await failed(automate(options));
    await disk.plugIn();
    equal((await automation.onShutdown()).kind, "taken");
    await disk.pullOut();
    equal((await automate({ ...options, adopt: true }).onShutdown()).kind, "taken");
    await Deno.remove(options.directory, { recursive: true });
    await forgetful.stop();
  },
});
