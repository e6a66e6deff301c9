import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { clockAt } from "../../tests/support/backup_directory.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { gatherHealth } from "../health/health_facts.ts";
import type { CheckedCopies } from "../targets/checked_copies.ts";
import { Catalog } from "./catalog.ts";
import type { Run } from "./run.ts";
import { putRun, selectRuns, trimRuns } from "./run_table.ts";

const now = Temporal.Instant.from("2026-03-10T12:00:00Z");

function runAt(hoursAgo: number, change: Partial<Run> = {}): Run {
  return {
    id: crypto.randomUUID(),
    job: "backup",
    startedAt: now.subtract({ hours: hoursAgo }).toString({ fractionalSecondDigits: 3 }),
    finishedAt: null,
    outcome: "done",
    code: null,
    message: null,
    backupId: null,
    user: "ada",
    host: "here",
    details: {},
    ...change,
  };
}

function filled(dir: { readonly path: string }, runs: readonly Run[]): DatabaseSync {
  Catalog.openToWrite(dir.path)[Symbol.dispose]();
  const database = new DatabaseSync(`${dir.path}/catalog.db`);
  database.exec("BEGIN");
  for (const run of runs) putRun(database, run);
  database.exec("COMMIT");
  return database;
}

Deno.test("selectRuns gives the newest first, of the jobs and ends that are wanted", async () => {
  await using dir = await tempDir();
  const runs = [
    runAt(3),
    runAt(2, { job: "restore" }),
    runAt(1, { outcome: "failed", code: "NO_SPACE", details: { reason: "manual" } }),
  ];
  using database = filled(dir, runs);
  deepEqual(selectRuns(database, {}), runs.toReversed());
  deepEqual(selectRuns(database, { jobs: ["restore", "drill"] }), [runs[1]]);
  deepEqual(selectRuns(database, { jobs: ["backup"], outcomes: ["failed"] }), [runs[2]]);
  deepEqual(selectRuns(database, { jobs: ["backup"], limit: 1 }), [runs[2]]);
});

Deno.test("trimRuns keeps so many, all of the last month, and apart what people asked for", async () => {
  await using dir = await tempDir();
  const hours = (days: number): number => 24 * days;
  using database = filled(dir, [
    ...Array.from({ length: 40 }, (_, n) => runAt(hours(100) - n)),
    ...Array.from({ length: 12 }, (_, n) => runAt(hours(30) - n)),
    ...Array.from({ length: 9 }, (_, n) => runAt(hours(200) - n, { job: "restore" })),
    ...Array.from({ length: 12 }, (_, n) => runAt(hours(300) - n, { job: "export" })),
  ]);
  const kept = (): number[] =>
    ["backup", "restore", "export"].map((job) => selectRuns(database, { jobs: [job] }).length);
  trimRuns(database, { now, keep: 100 });
  deepEqual(kept(), [40 + 12, 9, 12], "there is room for all");
  trimRuns(database, { now, keep: 20 });
  deepEqual(kept(), [20, 9, 11]);
  trimRuns(database, { now, keep: 5 });
  deepEqual(kept(), [12, 5, 1], "the last month stays whole, and one of each kind");
  equal(selectRuns(database, { jobs: ["restore"] })[0]?.startedAt, runAt(hours(200) - 8).startedAt);
});

Deno.test("trimRuns takes nothing that health judges by", async () => {
  await using dir = await tempDir();
  const old = 24 * 50;
  const failed = { outcome: "failed", code: "DATABASE_CORRUPT" } as const;
  const mail = { job: "notify", details: { notifier: "mail" } } as const;
  using database = filled(dir, [
    runAt(old + 9, { details: { reason: "auto:schedule" } }),
    runAt(old + 8, { outcome: "skipped", backupId: "newest" }),
    runAt(old + 7, { ...mail, outcome: "failed" }),
    runAt(old + 6, { job: "verify", details: { checked: "usb" } }),
    runAt(old + 5, { job: "verify", details: { checked: "nas" } }),
    ...Array.from({ length: 30 }, (_, n) => runAt(old - Math.floor(n / 10), { job: "prune" })),
    ...Array.from({ length: 10 }, (_, n) => runAt(24 * 20 - n, n % 3 === 0 ? failed : {})),
    runAt(1, failed),
  ]);
  database.exec(
    `PRAGMA foreign_keys = OFF;
     INSERT INTO copies (backup_id, target, key, state, size, sha256, codecs, stored_at)
     VALUES ('a', 'usb', 'a', 'stored', 1, '', '[]', '2026-01-01T00:00:00.000Z'),
            ('a', 'nas', 'a', 'stored', 1, '', '[]', '2026-01-01T00:00:00.000Z')`,
  );
  const place = { database: dir.join("app.db"), directory: dir.path };
  const facts = (): Promise<unknown> => gatherHealth(place, clockAt(now.toString()));
  const { free: _, ...before } = await facts() as Record<string, unknown>;
  trimRuns(database, { now, keep: 3 });
  equal(selectRuns(database, { jobs: ["prune"] }).length, 1);
  const { free: __, ...after } = await facts() as Record<string, unknown>;
  deepEqual(after, before);
  deepEqual([after.lastFailure, after.runs, after.successes], ["DATABASE_CORRUPT", 11, 6]);
  deepEqual(after.notNotified, ["mail"]);
  const copies = after.copies as readonly CheckedCopies[];
  deepEqual(copies.map(({ target, checkedAt }) => [target, checkedAt !== null]), [
    ["nas", true],
    ["usb", true],
  ]);
});
