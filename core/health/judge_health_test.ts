import assert from "node:assert/strict";
import type { HealthFacts } from "./health_facts.ts";
import { judgeHealth } from "./judge_health.ts";
import { readSchedule } from "../schedule/schedule.ts";

const fine: HealthFacts = {
  at: "2026-03-10T13:00:00.000Z",
  databaseThere: true,
  count: 8,
  lastGood: "2026-03-10T12:00:00.000Z",
  lastSize: 1_000_000,
  lastProven: "2026-03-10T12:00:00.000Z",
  lastOffsite: null,
  missing: [],
  future: [],
  lastFailure: null,
  failuresInARow: 0,
  runs: 8,
  successes: 8,
  lastScheduled: "2026-03-10T02:00:00.000Z",
  free: 1e9,
  growth: 1000,
  freePages: 0.01,
};

const cases: readonly (readonly [string, Partial<HealthFacts>, readonly string[]])[] = [
  ["nothing wrong", {}, []],
  ["no backup at all", { lastGood: null, lastSize: null, lastProven: null }, ["error NO_BACKUP"]],
  ["26 hours are not yet too old", { lastGood: "2026-03-09T11:00:00.000Z" }, []],
  ["an old backup", { lastGood: "2026-03-09T10:59:59.000Z" }, ["error BACKUP_OLD"]],
  ["an old proof", { lastProven: "2026-03-01T12:00:00.000Z" }, ["warning PROOF_OLD"]],
  ["files gone", { missing: ["a.db"] }, ["warning FILES_MISSING"]],
  ["a backup from the future", { future: ["a.db"] }, ["warning CLOCK"]],
  ["the database is gone", { databaseThere: false }, ["error DATABASE_MISSING"]],
  ["a failed backup", { lastFailure: "DATABASE_BUSY", failuresInARow: 1 }, [
    "warning BACKUP_FAILED",
    "warning RETENTION_SUSPENDED",
  ]],
  ["three in a row on a full disk", { lastFailure: "NO_SPACE", failuresInARow: 3 }, [
    "error BACKUP_FAILED",
  ]],
  ["a low success rate", { runs: 10, successes: 8 }, ["warning SUCCESS_RATE"]],
  ["too few runs for a rate", { runs: 4, successes: 1 }, []],
  ["a watcher that was not stopped and is silent", { watcherSeen: "2026-03-10T12:29:59.000Z" }, [
    "error WATCHER_DEAD",
  ]],
  ["a watcher that was seen lately", { watcherSeen: "2026-03-10T12:31:00.000Z" }, []],
  ["a message that could not be sent", { notNotified: ["mail"] }, ["warning NOT_NOTIFIED"]],
  ["an old backup of a database that did not change", {
    lastGood: "2026-03-01T12:00:00.000Z",
    lastSame: "2026-03-10T12:00:00.000Z",
  }, []],
  ["two failures in a row", { lastFailure: "DATABASE_BUSY", failuresInARow: 2 }, [
    "warning BACKUP_FAILED",
    "warning RETENTION_SUSPENDED",
  ]],
  ["no room for one more", { free: 999_999 }, ["error NO_SPACE"]],
  ["little room", { free: 2_999_999 }, ["warning LOW_SPACE"]],
  ["full in 10 days", { free: 1e9, growth: 1e8 }, ["warning FULL_SOON"]],
  ["room that is not known", { free: null }, []],
  ["a quarter of free pages", { freePages: 0.25 }, []],
  ["more than a quarter", { freePages: 0.26 }, ["warning FREE_PAGES"]],
];

for (const [what, facts, wanted] of cases) {
  Deno.test(`judgeHealth sees ${what}`, () => {
    const issues = judgeHealth({ ...fine, ...facts });
    assert.deepEqual(issues.map(({ level, code }) => `${level} ${code}`), wanted);
    for (const { message, hint } of issues) {
      assert.doesNotMatch(message, /\.$/);
      assert.ok(hint.length > 10);
    }
  });
}

Deno.test("judgeHealth wants copies on targets only where there are targets", () => {
  assert.deepEqual(judgeHealth(fine, { targets: 1 }).map(({ code }) => code), ["OFFSITE_OLD"]);
  const stored = { ...fine, lastOffsite: "2026-03-05T12:00:00.000Z" };
  assert.deepEqual(judgeHealth(stored, { targets: 1 }), []);
  const [issue] = judgeHealth(stored, { targets: 1, maxAge: { offsite: "3d" } });
  assert.equal(issue?.message, "The newest copy on a target is 5 days old");
});

Deno.test("judgeHealth sees a run that the schedule owes", () => {
  const schedule = readSchedule({ enabled: true, at: "02:00" }, { zone: "UTC" });
  assert.deepEqual(judgeHealth(fine, { schedule }), []);
  const owed = { ...fine, lastScheduled: "2026-03-09T02:00:00.000Z" };
  assert.deepEqual(judgeHealth(owed, { schedule }).map(({ code }) => code), ["OVERDUE"]);
});

Deno.test("judgeHealth refuses an age that is no duration", () => {
  assert.throws(() => judgeHealth(fine, { maxAge: { good: "soon" } }), { code: "USAGE" });
});

Deno.test("judgeHealth puts errors first", () => {
  const bad = { ...fine, missing: ["a.db"], free: 10, freePages: 0.9 };
  assert.deepEqual(judgeHealth(bad).map(({ level }) => level), ["error", "warning", "warning"]);
});
