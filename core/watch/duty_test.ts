import { deepStrictEqual as equal } from "node:assert/strict";
import { readSchedule } from "../schedule/schedule.ts";
import { type Duty, nextDuty, type WatchPlan, type WatchState } from "./duty.ts";

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-01-03T${time}Z`);
const hour = 3_600_000;
const fresh: WatchState = { since: at("00:00:00"), failures: 0 };
const nightly = readSchedule({ enabled: true, at: "02:00" }, { zone: "UTC" });

function duty(plan: Partial<WatchPlan>, state: Partial<WatchState>, time: string): string {
  const next: Duty = nextDuty({ seed: "app", ...plan }, { ...fresh, ...state }, at(time));
  return next.kind === "backup" ? next.reason : next.kind;
}

Deno.test("nextDuty takes the run of the schedule at its time, once", () => {
  equal(duty({ schedule: nightly }, {}, "01:59:59"), "wait");
  equal(duty({ schedule: nightly }, {}, "02:00:00"), "auto:schedule");
  equal(duty({ schedule: nightly }, { scheduledAt: at("02:00:01") }, "02:10:00"), "wait");
});

Deno.test("nextDuty takes one by the timer when the last good one is older", () => {
  const plan = { everyMs: 4 * hour };
  equal(duty(plan, { goodAt: at("01:00:00") }, "04:59:59"), "wait");
  equal(duty(plan, { goodAt: at("01:00:00") }, "05:00:00"), "auto:timer");
});

Deno.test("nextDuty waits for quiet after a commit, but not for ever", () => {
  const plan = { onChange: { quietMs: 10_000, atMostEveryMs: 5 * 60_000 } };
  const changed = { changedSince: at("10:00:00"), changedAt: at("10:00:00") };
  equal(duty(plan, changed, "10:00:09"), "wait");
  equal(duty(plan, changed, "10:00:10"), "auto:timer");
  equal(duty(plan, { ...changed, goodAt: at("09:58:00") }, "10:00:10"), "wait");
  equal(duty(plan, { ...changed, goodAt: at("09:58:00") }, "10:03:00"), "auto:timer");
  const busy = { changedSince: at("10:00:00"), changedAt: at("10:05:00") };
  equal(duty(plan, busy, "10:05:00"), "auto:timer");
  equal(duty(plan, {}, "10:05:00"), "wait");
});

Deno.test("nextDuty tries a failed backup again later each time, with its reason", () => {
  const state = { failures: 3, failedAt: at("10:00:00"), failedReason: "auto:schedule" } as const;
  equal(duty({}, state, "10:03:59"), "wait");
  equal(duty({}, state, "10:04:00"), "auto:schedule");
});

Deno.test("nextDuty holds everything back in the quiet window", () => {
  const schedule = readSchedule({ enabled: true, at: "02:00", quiet: "01:00-03:00" }, {
    zone: "UTC",
  });
  const plan = { schedule, everyMs: hour, verifyEveryMs: hour };
  equal(duty(plan, { failures: 1, failedAt: at("00:30:00") }, "02:59:59"), "wait");
  equal(duty(plan, {}, "03:00:00"), "auto:schedule");
});

Deno.test("nextDuty checks the collection every so often", () => {
  const plan = { verifyEveryMs: hour };
  equal(duty(plan, {}, "00:59:59"), "wait");
  equal(duty(plan, {}, "01:00:00"), "verify");
  equal(duty(plan, { verifiedAt: at("00:30:00") }, "01:00:00"), "wait");
});
