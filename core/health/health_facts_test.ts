import { deepEqual, equal, ok } from "node:assert/strict";
import { backupDirectory, clockAt } from "../../tests/support/backup_directory.ts";
import { Catalog } from "../catalog/catalog.ts";
import { noteRun } from "../directory/run_log.ts";
import { health } from "../health.ts";
import { gatherHealth } from "./health_facts.ts";
import { markWatch } from "../watch/watch_mark.ts";
import { readSchedule } from "../schedule/schedule.ts";

const NOW = "2026-03-10T13:00:00.000Z";

type NotedEnd = Parameters<typeof noteRun>[2];

/** Writes runs into a catalog, each at its time. */
function note(
  catalog: Catalog,
  job: Parameters<typeof noteRun>[0],
  ends: readonly (readonly [at: string, end: NotedEnd])[],
): void {
  for (const [at, end] of ends) noteRun(job, { catalog, clock: clockAt(at), startedAt: at }, end);
}

Deno.test("gatherHealth finds every fact in the catalog, the files and on the disk", async () => {
  await using made = await backupDirectory(
    [
      "2026-03-06T12:00:00Z",
      "2026-03-08T12:00:00Z",
      "2026-03-09T12:00:00Z",
      "2026-03-10T09:00:00Z",
      "2026-03-10T12:00:00Z",
    ],
    (record, index) =>
      [
        { metadata: { pageCount: 100, freePages: 30 } },
        {},
        {
          proof: "hashed" as const,
          provedAt: "2026-03-09T23:00:00.000Z",
          metadata: { verify: "none" as const },
        },
        { size: record.size + 1 },
        { reason: "pre-restore" as const, proof: "drilled" as const },
      ][index] ?? {},
  );
  const { database, directory, records } = made;
  const newest = records[2];
  {
    using catalog = Catalog.openToWrite(directory);
    catalog.addCopies([
      copy(records[0]?.id, "2026-03-06T13:00:00.000Z"),
      copy(records[1]?.id, "2026-03-08T13:00:00.000Z"),
    ]);
    const failed = { outcome: "failed", code: "DATABASE_BUSY" } as const;
    const scheduled = { details: { reason: "auto:schedule", bytes: 800 } };
    note(catalog, "backup", [
      ["2026-01-01T00:00:00Z", failed],
      ["2026-03-06T13:00:00Z", { outcome: "done", ...scheduled }],
      ["2026-03-09T13:00:00Z", { outcome: "partly", details: { bytes: 400, reason: "manual" } }],
      ["2026-03-10T08:00:00Z", { outcome: "skipped", backupId: newest?.id ?? null }],
      ["2026-03-10T09:00:00Z", { outcome: "cancelled", code: "CANCELLED" }],
      ["2026-03-10T10:00:00Z", failed],
      ["2026-03-10T11:00:00Z", { ...failed, code: "TOO_LARGE" }],
    ]);
    note(catalog, "prune", [["2026-03-09T13:00:00Z", {
      outcome: "done",
      details: { purgedBytes: 200 },
    }]]);
    note(catalog, "notify", [
      ["2026-03-09T13:00:00Z", { outcome: "failed", details: { notifier: "mail" } }],
      ["2026-03-09T13:00:00Z", { outcome: "failed", details: { notifier: "chat" } }],
      ["2026-03-09T14:00:00Z", { outcome: "done", details: { notifier: "chat" } }],
    ]);
  }
  const mark = {
    state: "running",
    since: "2026-03-09T00:00:00Z",
    next: null,
    failures: 0,
  } as const;
  await markWatch(directory, mark, clockAt("2026-03-10T12:55:00Z"));
  const { free, ...facts } = await gatherHealth({ database, directory }, clockAt(NOW));
  ok(free !== null && free > 0);
  deepEqual(facts, {
    at: NOW,
    databaseThere: true,
    count: 5,
    lastGood: "2026-03-09T12:00:00.000Z",
    lastSize: newest?.size,
    lastProven: "2026-03-08T12:00:00.000Z",
    lastOffsite: "2026-03-08T13:00:00.000Z",
    missing: [records[3]?.name],
    future: [],
    lastFailure: "TOO_LARGE",
    failuresInARow: 2,
    runs: 4,
    successes: 2,
    lastScheduled: "2026-03-06T13:00:00Z",
    lastSame: "2026-03-10T08:00:00Z",
    notNotified: ["mail"],
    watcherSeen: "2026-03-10T12:55:00.000Z",
    targetTrouble: [],
    copies: [{
      target: "nas",
      bad: 0,
      since: "2026-03-06T13:00:00.000Z",
      checkedAt: null,
      triedAt: null,
      keyWrong: false,
    }],
    growth: (800 + 400 - 200) / 4,
    freePages: 0.3,
  });
});

function copy(backupId: string | undefined, storedAt: string): Record<string, string> {
  return {
    backup_id: backupId ?? "",
    target: "nas",
    key: "k",
    state: "stored",
    stored_at: storedAt,
  };
}

Deno.test("health tells the next run of the schedule", async () => {
  await using made = await backupDirectory(["2026-03-10T02:00:00Z"]);
  const { directory } = made;
  const clock = clockAt(NOW);
  equal((await health({ directory, clock })).nextRun, null);
  const schedule = readSchedule({ enabled: true, at: "02:00" }, { zone: "UTC" });
  equal((await health({ directory, clock, schedule })).nextRun, "2026-03-11T02:00:00.000Z");
});
