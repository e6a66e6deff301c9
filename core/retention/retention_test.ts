import assert from "node:assert/strict";
import { plan } from "./retention.ts";
import { defaultRetention, type RetentionPolicy } from "./retention_policy.ts";
import {
  goneIds as gone,
  judgedAt as now,
  keptIds as kept,
  madeUpPlan as decided,
  retentionBackup as backup,
  retentionSeries as series,
  rulesOf,
} from "../../tests/support/retention_backups.ts";

Deno.test("plan keeps by default a day whole, a week of days and 30 days of weeks", () => {
  const result = decided(series("2026-11-21T11:00:00Z", { hours: 12 }, 120), defaultRetention());
  assert.deepEqual(kept(result).map((id) => id.slice(0, 13)), [
    "2026-11-21T11",
    "2026-11-20T23",
    "2026-11-20T11",
    "2026-11-19T23",
    "2026-11-18T23",
    "2026-11-17T23",
    "2026-11-16T23",
    "2026-11-15T23",
    "2026-11-14T23",
    "2026-11-08T23",
    "2026-11-01T23",
    "2026-10-25T23",
  ]);
  const second = result.delete.find(({ backup }) => backup.id === "2026-11-19T11:00:00Z");
  assert.equal(second?.rule, "superseded");
  assert.equal(second.why, "a newer one of 2026-11-19 is kept");
  assert.equal(result.delete.at(-1)?.rule, "outgrown");
  assert.equal(result.massDelete, true);
});

Deno.test("plan says for each kept one why and until when", () => {
  const result = decided(series("2026-11-21T11:00:00Z", { hours: 12 }, 20), defaultRetention());
  const day = result.keep.find(({ backup }) => backup.id === "2026-11-18T23:00:00Z");
  assert.deepEqual(day?.rules, ["keepDaily"]);
  assert.equal(day.why, "newest good of 2026-11-18 (daily)");
  assert.equal(day.until, "2026-11-25T23:00:00.000Z");
  assert.equal(result.keep[0]?.why, "the newest good backup is never deleted");
  assert.equal(result.keep[0]?.until, undefined);
});

Deno.test("plan on a busy day at the cap drops what only keepWithin keeps", () => {
  const quiet = series("2026-11-20T02:00:00Z", { days: 1 }, 40);
  const busy = series("2026-11-21T11:55:00Z", { minutes: 20 }, 34);
  const result = decided([...quiet, ...busy], defaultRetention());
  assert.equal(result.keep.length, 15);
  const days = new Set(kept(result).map((id) => id.slice(0, 10)));
  for (const day of ["2026-11-15", "2026-11-18", "2026-11-08", "2026-11-01", "2026-10-25"]) {
    assert.ok(days.has(day), day);
  }
  assert.ok(result.delete.some(({ rule, why }) => rule === "maxCount" && why.includes("15")));
});

Deno.test("plan reaches back further with weeks that days do not cover", () => {
  const result = decided(series("2026-11-21T02:00:00Z", { days: 1 }, 60), {
    keepDaily: 3,
    keepWeekly: 2,
    minKeep: 1,
  });
  // 15 November is the Sunday of the week before; this week is covered by its days.
  assert.deepEqual(kept(result).map((id) => id.slice(0, 10)), [
    "2026-11-21",
    "2026-11-20",
    "2026-11-19",
    "2026-11-15",
    "2026-11-08",
  ]);
});

Deno.test("plan puts ISO weeks at the turn of the year into one", () => {
  const days = ["2026-12-31T12:00:00Z", "2027-01-03T12:00:00Z", "2027-01-04T12:00:00Z"];
  const result = plan(
    days.map((day) => backup(day)),
    { keepWeekly: 5, minKeep: 1 },
    Temporal.Instant.from("2027-01-05T00:00:00Z"),
    "UTC",
  );
  assert.deepEqual(gone(result), ["2026-12-31T12:00:00Z"]);
  assert.equal(result.delete[0]?.why, "a newer one of 2026-W53 is kept");
});

Deno.test("plan gives a leap day and a leap month their own buckets", () => {
  const days = ["2024-02-28T12:00:00Z", "2024-02-29T12:00:00Z", "2024-03-01T12:00:00Z"];
  const all = days.map((day) => backup(day));
  assert.deepEqual(gone(decided(all, { keepDaily: 9, minKeep: 1 })), []);
  assert.deepEqual(gone(decided(all, { keepMonthly: 9, minKeep: 1 })), [days[0]]);
});

Deno.test("plan buckets by the days of the zone, also those of 23 and 25 hours", () => {
  // 00:30 and 23:30 of 29 March (23 hours) and of 25 October (25 hours) in Berlin.
  const all = [
    backup("2026-03-28T23:30:00Z"),
    backup("2026-03-29T21:30:00Z"),
    backup("2026-10-24T22:30:00Z"),
    backup("2026-10-25T22:30:00Z"),
  ];
  const policy = { keepDaily: 9, minKeep: 1 };
  assert.deepEqual(kept(decided(all, policy, "Europe/Berlin")), [
    "2026-10-25T22:30:00Z",
    "2026-03-29T21:30:00Z",
  ]);
  assert.equal(decided(all, policy, "UTC").keep.length, 4);
});

Deno.test("plan counts the hour that a clock change repeats as two", () => {
  const all = [backup("2026-10-25T00:30:00Z"), backup("2026-10-25T01:30:00Z")];
  assert.deepEqual(gone(decided(all, { keepHourly: 9, minKeep: 1 }, "Europe/Berlin")), []);
});

Deno.test("plan reads 24 hours exactly and one day by the calendar", () => {
  const [older, newest] = ["2026-10-24T10:30:00Z", "2026-10-25T11:00:00Z"] as const;
  const all = [backup(older), backup(newest)];
  const policy = (keepWithin: string): RetentionPolicy => ({ keepWithin, minKeep: 1 });
  // The day of 25 hours: 12:30 the day before is within one day of 12:00, and 24.5 hours away.
  assert.deepEqual(gone(decided(all, policy("24h"), "Europe/Berlin")), [older]);
  assert.deepEqual(gone(decided(all, policy("1d"), "Europe/Berlin")), []);
});

Deno.test("plan never counts a safety backup as the newest good one", () => {
  const all = [
    backup("2026-11-01T12:00:00Z"),
    backup("2026-11-21T10:00:00Z", { reason: "pre-restore" }),
  ];
  const result = decided(all, { keepLast: 1, minKeep: 1 });
  assert.deepEqual(rulesOf(result, "2026-11-01T12:00:00Z"), ["newest", "keepLast", "minKeep"]);
  assert.deepEqual(rulesOf(result, "2026-11-21T10:00:00Z"), ["safety"]);
});

Deno.test("plan lets a safety backup go after 7 days", () => {
  const safety = { reason: "pre-restore" } as const;
  const all = [
    ...series("2026-11-21T11:00:00Z", { days: 1 }, 3),
    backup("2026-11-14T10:59:00Z", safety),
    backup("2026-11-14T11:01:00Z", safety),
  ];
  const result = decided(all, { keepLast: 9 });
  assert.deepEqual(gone(result), ["2026-11-14T10:59:00Z"]);
  assert.equal(result.delete[0]?.rule, "safety");
});

Deno.test("plan keeps pinned and inferred ones outside the cap", () => {
  const all = [
    ...series("2026-11-21T11:00:00Z", { days: 1 }, 6),
    backup("2020-01-01T00:00:00Z", { pinned: true }),
    backup("2020-01-02T00:00:00Z", { proof: "stored", metadata: { inferred: true } }),
  ];
  const result = decided(all, { maxCount: 5 });
  assert.deepEqual(gone(result), ["2026-11-16T11:00:00Z"]);
  assert.deepEqual(rulesOf(result, "2020-01-01T00:00:00Z"), ["pinned", "keepAll"]);
  assert.deepEqual(rulesOf(result, "2020-01-02T00:00:00Z"), ["inferred"]);
});

Deno.test("plan gives slots to good backups only", () => {
  const all = [
    backup("2026-11-20T10:00:00Z"),
    backup("2026-11-20T11:00:00Z", { proof: "hashed" }),
    backup("2026-11-20T12:00:00Z", { present: false }),
    backup("2026-11-20T09:00:00Z", { proof: "hashed", metadata: { verify: "none" } }),
  ];
  const result = decided(all, { keepDaily: 7, minKeep: 1 });
  assert.deepEqual(gone(result), ["2026-11-20T09:00:00Z"]);
  assert.deepEqual(rulesOf(result, "2026-11-20T11:00:00Z"), ["unproven"]);
  assert.deepEqual(rulesOf(result, "2026-11-20T12:00:00Z"), ["missing"]);
});

Deno.test("plan deletes an unproven one only when old and a good one is newer", () => {
  const old = backup("2026-11-01T10:00:00Z", { proof: "stored" });
  const last = backup("2026-11-21T10:00:00Z", { proof: "stored" });
  const good = backup("2026-11-20T10:00:00Z");
  assert.deepEqual(gone(decided([old, good, last], { keepLast: 1 })), [old.id]);
  assert.deepEqual(gone(decided([old, last], { keepLast: 1 })), []);
});

Deno.test("plan holds a dated one until its date, and lets it go then", () => {
  const all = [
    ...series("2026-11-21T11:00:00Z", { days: 1 }, 4),
    backup("2026-01-01T00:00:00Z", { expiresAt: "2026-12-24T00:00:00.000Z" }),
    backup("2026-11-21T10:00:00Z", { expiresAt: "2026-11-21T10:30:00.000Z" }),
  ];
  const result = decided(all, { keepLast: 9, minKeep: 1 });
  assert.deepEqual(gone(result), ["2026-11-21T10:00:00Z"]);
  assert.equal(result.delete[0]?.rule, "expired");
  const dated = result.keep.at(-1);
  assert.deepEqual([dated?.rules[0], dated?.until], ["dated", undefined]);
});

Deno.test("plan holds the floors above a date that is past", () => {
  const all = series("2026-11-21T11:00:00Z", { days: 1 }, 5)
    .map((it) => ({ ...it, expiresAt: "2026-11-01T00:00:00.000Z" }));
  assert.equal(decided(all, { keepLast: 9 }).keep.length, 3);
});

Deno.test("plan keeps to maxAgeDays and maxTotalSize", () => {
  const all = series("2026-11-21T11:00:00Z", { days: 1 }, 20);
  const byAge = decided(all, { retentionDays: 9 });
  assert.equal(byAge.keep.length, 10);
  assert.equal(byAge.delete[0]?.why, "older than 9 days");
  const bySize = decided(all, { maxTotalSize: "12kB" });
  assert.equal(bySize.keep.length, 12);
  assert.equal(bySize.delete[0]?.why, "more than 12.0 kB in all");
  assert.equal(bySize.freedBytes, 8000);
});

Deno.test("plan flags what removes more than half of the good backups", () => {
  const all = series("2026-11-21T11:00:00Z", { days: 1 }, 10);
  assert.equal(decided(all, { keepLast: 5 }).massDelete, false);
  assert.equal(decided(all.slice(0, 9), { keepLast: 4 }).massDelete, true);
  const result = decided(all, { keepLast: 4 });
  assert.deepEqual([result.massDelete, result.goodBefore, result.goodAfter], [true, 10, 4]);
});

Deno.test("plan deletes nothing while a failure suspends it, except for a full disk", () => {
  const all = series("2026-11-21T11:00:00Z", { days: 1 }, 10);
  const failed = plan(all, { keepLast: 5 }, now, "UTC", { lastFailure: "DATABASE_CORRUPT" });
  assert.equal(failed.delete.length, 0);
  assert.equal(failed.suspended, "DATABASE_CORRUPT");
  assert.equal(failed.keep.filter(({ rules }) => rules[0] === "suspended").length, 5);
  const full = plan(all, { keepLast: 5 }, now, "UTC", { lastFailure: "NO_SPACE" });
  assert.equal(full.delete.length, 5);
});

Deno.test("plan leaves out what lies in the trash", () => {
  const all = [
    backup("2026-11-20T10:00:00Z"),
    backup("2026-11-20T11:00:00Z", { deletedAt: "2026-11-20T12:00:00.000Z" }),
  ];
  const result = decided(all, { keepDaily: 1, minKeep: 1 });
  assert.deepEqual(kept(result), ["2026-11-20T10:00:00Z"]);
});

Deno.test("plan deletes nothing where there is no good backup at all", () => {
  const all = series("2026-11-21T11:00:00Z", { days: 30 }, 5)
    .map((it) => ({ ...it, proof: "stored" as const, expiresAt: "2020-01-01T00:00:00.000Z" }));
  const result = decided(all, { keepLast: 1 });
  assert.deepEqual([result.delete.length, result.massDelete], [0, false]);
});
