import assert from "node:assert/strict";
import fc from "fast-check";
import { type CheckedSchedule, readSchedule, type Schedule } from "./schedule.ts";
import { dueRun, nextAttempt, nextRuns } from "./schedule_runs.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const zone = "Europe/Berlin";
const made = (schedule: Schedule): CheckedSchedule =>
  readSchedule({ enabled: true, ...schedule }, { zone });
const next = (schedule: Schedule, after: string, count = 3): string[] =>
  nextRuns(made(schedule), at(after), count).map(String);

/** Asks every few minutes whether a run is due, as a process that stays does. */
function runsWhile(schedule: CheckedSchedule, moments: Iterable<Temporal.Instant>): string[] {
  const runs: string[] = [];
  let lastRunAt: Temporal.Instant | undefined;
  let since: Temporal.Instant | undefined;
  for (const now of moments) {
    since ??= now;
    if (dueRun(schedule, { lastRunAt, since, now }) === undefined) continue;
    lastRunAt = now;
    runs.push(now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" }));
  }
  return runs;
}

function* every(minutes: number, from: string, to: string): Generator<Temporal.Instant> {
  for (let now = at(from); Temporal.Instant.compare(now, at(to)) < 0; now = now.add({ minutes })) {
    yield now;
  }
}

Deno.test("nextRuns keeps the wall time over a clock change", () => {
  assert.deepEqual(next({}, "2026-03-28T12:00:00Z", 2), [
    "2026-03-29T01:00:00Z",
    "2026-03-30T00:00:00Z",
  ]);
});

Deno.test("nextRuns runs a skipped wall time right after the change, a double one once", () => {
  assert.deepEqual(next({ at: "02:30" }, "2026-03-28T12:00:00Z", 2), [
    "2026-03-29T01:00:00Z",
    "2026-03-30T00:30:00Z",
  ]);
  assert.deepEqual(next({ at: "02:30" }, "2026-10-24T12:00:00Z", 2), [
    "2026-10-25T00:30:00Z",
    "2026-10-26T01:30:00Z",
  ]);
});

Deno.test("nextRuns knows weeks, cron expressions and leap days", () => {
  assert.deepEqual(next({ kind: "weekly" }, "2026-11-21T12:00:00Z", 2), [
    "2026-11-22T01:00:00Z",
    "2026-11-29T01:00:00Z",
  ]);
  assert.deepEqual(next({ cron: "0 12 29 2 *", zone: "UTC" }, "2026-01-01T00:00:00Z", 2), [
    "2028-02-29T12:00:00Z",
    "2032-02-29T12:00:00Z",
  ]);
});

Deno.test("nextRuns gives nothing while the schedule is off", () => {
  assert.deepEqual(next({ enabled: false }, "2026-11-21T12:00:00Z"), []);
});

Deno.test("nextRuns moves what falls into the quiet window to its end, once", () => {
  const office = { cron: "0 * * * *", quiet: "09:00-17:30", zone: "UTC" };
  assert.deepEqual(next(office, "2026-11-21T07:30:00Z"), [
    "2026-11-21T08:00:00Z",
    "2026-11-21T17:30:00Z",
    "2026-11-21T18:00:00Z",
  ]);
  const night = { cron: "0 * * * *", quiet: "22:00-06:00", zone: "UTC" };
  assert.deepEqual(next(night, "2026-11-21T20:30:00Z", 2), [
    "2026-11-21T21:00:00Z",
    "2026-11-22T06:00:00Z",
  ]);
});

Deno.test("nextRuns with jitter is never early, never late, and differs by its seed", () => {
  const schedule = made({ jitter: "30m", zone: "UTC" });
  const runs = (seed: string): readonly Temporal.Instant[] =>
    nextRuns(schedule, at("2026-01-01T00:00:00Z"), 200, { seed });
  for (const run of runs("a")) {
    const { hour, minute } = run.toZonedDateTimeISO("UTC");
    assert.ok(hour === 2 && minute < 30, run.toString());
  }
  assert.deepEqual(runs("a").map(String), runs("a").map(String));
  assert.notDeepEqual(runs("a").map(String), runs("b").map(String));
  assert.equal(new Set(runs("a").map((it) => it.toString().slice(0, 10))).size, 200);
});

Deno.test("nextRuns asked step by step gives what it gives at once", () => {
  const schedules = fc.record({
    cron: fc.constantFrom("*/20 * * * *", "30 2 * * *", "0 */5 * * *", "15 3 * * 1"),
    jitter: fc.constantFrom("0s", "7m", "3h"),
    quiet: fc.constantFrom(undefined, "01:00-02:30", "22:00-04:00", "09:00-17:00"),
    zone: fc.constantFrom("Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "UTC"),
  });
  const starts = fc.integer({ min: 0, max: 364 }).map((days) =>
    at("2026-01-01T12:34:56Z").add({ hours: 24 * days })
  );
  fc.assert(
    fc.property(schedules, starts, (raw, start) => {
      const schedule = made(raw);
      const all = nextRuns(schedule, start, 12);
      assert.equal(all.length, 12);
      let after = start;
      for (const run of all) {
        const [one] = nextRuns(schedule, after, 1);
        assert.equal(one?.toString(), run.toString());
        assert.ok(Temporal.Instant.compare(run, after) > 0);
        after = run;
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("dueRun takes a year of days once each, both clock changes included", () => {
  for (const time of ["02:00", "02:30", "23:55"]) {
    const moments = every(30, "2026-01-01T12:00:00Z", "2027-01-01T12:00:00Z");
    const days = runsWhile(made({ at: time }), moments).map((run) => run.slice(0, 10));
    assert.equal(days.length, 365, time);
    // 23:55 is noticed at midnight, on the day after.
    assert.equal(new Set(days).size, 365, time);
  }
});

Deno.test("dueRun takes a year of weeks", () => {
  const moments = every(60, "2026-01-01T12:00:00Z", "2027-01-01T12:00:00Z");
  assert.equal(runsWhile(made({ kind: "weekly" }), moments).length, 52);
});

Deno.test("dueRun makes up once for all that was missed while asleep", () => {
  const moments = [
    ...every(15, "2026-05-01T12:00:00Z", "2026-05-03T12:00:00Z"),
    ...every(15, "2026-05-09T16:00:00Z", "2026-05-11T12:00:00Z"),
  ];
  assert.deepEqual(runsWhile(made({}), moments), [
    "2026-05-02T02:00",
    "2026-05-03T02:00",
    "2026-05-09T18:00",
    "2026-05-10T02:00",
    "2026-05-11T02:00",
  ]);
});

Deno.test("dueRun says when a missed run should have begun", () => {
  const due = dueRun(made({}), {
    lastRunAt: at("2026-05-01T00:00:05Z"),
    now: at("2026-05-04T09:00:00Z"),
  });
  assert.equal(due?.scheduledFor.toString(), "2026-05-02T00:00:00Z");
});

Deno.test("dueRun makes up nothing from before the schedule was on", () => {
  const now = at("2026-05-04T09:00:00Z");
  assert.equal(dueRun(made({}), { since: now, now }), undefined);
  assert.equal(dueRun(made({}), { now })?.scheduledFor.toString(), now.toString());
  assert.equal(dueRun(made({ enabled: false }), { now }), undefined);
});

Deno.test("dueRun does not repeat a run when the clock is set back an hour", () => {
  const moments = [
    ...every(15, "2026-05-01T12:00:00Z", "2026-05-02T00:30:00Z"),
    ...every(15, "2026-05-01T23:30:00Z", "2026-05-03T12:00:00Z"),
  ];
  assert.deepEqual(runsWhile(made({}), moments), ["2026-05-02T02:00", "2026-05-03T02:00"]);
});

Deno.test("dueRun goes on after the clock was in a false future", () => {
  const moments = [
    ...every(15, "2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"),
    ...every(15, "2031-01-01T12:00:00Z", "2031-01-01T13:00:00Z"),
    ...every(15, "2026-05-02T13:00:00Z", "2026-05-04T12:00:00Z"),
  ];
  assert.deepEqual(runsWhile(made({}), moments), [
    "2026-05-02T02:00",
    "2031-01-01T13:00",
    "2026-05-02T15:00",
    "2026-05-03T02:00",
    "2026-05-04T02:00",
  ]);
});

Deno.test("dueRun starts nothing in the quiet window, not even what was missed", () => {
  const schedule = made({ at: "08:00", quiet: "09:00-17:30" });
  const lastRunAt = at("2026-05-01T06:00:00Z");
  assert.equal(dueRun(schedule, { lastRunAt, now: at("2026-05-02T10:00:00Z") }), undefined);
  assert.ok(dueRun(schedule, { lastRunAt, now: at("2026-05-02T15:30:00Z") }));
});

Deno.test("nextAttempt waits twice as long each time, at most an hour", () => {
  const last = at("2026-05-01T00:00:00Z");
  const minutes = [0, 1, 2, 3, 6, 7, 8, 5000].map((failures) =>
    last.until(nextAttempt(failures, last)).total("minutes")
  );
  assert.deepEqual(minutes, [0, 1, 2, 4, 32, 60, 60, 60]);
  const back = at("2026-04-30T00:00:00Z");
  assert.equal(nextAttempt(3, last, back).toString(), back.toString());
});
