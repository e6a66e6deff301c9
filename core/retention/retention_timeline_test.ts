import assert from "node:assert/strict";
import { plan } from "./retention.ts";
import {
  goneIds as gone,
  keptIds as kept,
  madeUpPlan as decided,
  retentionBackup as backup,
  retentionSeries as series,
  rulesOf,
} from "../../tests/support/retention_backups.ts";

Deno.test("plan keeps what comes from the future, and gives it no slot", () => {
  const all = [
    ...series("2026-11-21T11:00:00Z", { days: 1 }, 3),
    backup("2036-01-01T00:00:00Z"),
    backup("2026-11-22T00:00:00Z", { id: "odd", createdAt: "someday" }),
  ];
  const result = decided(all, { keepLast: 3, minKeep: 1 });
  assert.deepEqual(gone(result), []);
  assert.deepEqual(rulesOf(result, "odd"), ["clock"]);
});

Deno.test("plan deletes nothing because the clock was put forward for a few days", () => {
  const real = series("2026-11-21T11:00:00Z", { days: 3 }, 10);
  const leapt = series("2036-05-01T00:00:00Z", { hours: 8 }, 8);
  const policy = { keepWithin: "30d", keepYearly: 9 };
  const then = Temporal.Instant.from("2036-05-01T01:00:00Z");
  assert.deepEqual(gone(plan([...real, ...leapt], policy, then, "UTC")), []);
  // Back in the present those of the false future neither go nor push out others.
  assert.deepEqual(gone(decided([...real, ...leapt], policy)), []);
});

Deno.test("plan does not delete as old what was taken while the clock was back", () => {
  const all = [
    ...series("2026-11-21T11:00:00Z", { days: 1 }, 5),
    backup("2001-01-01T00:00:00Z", {
      sequence: Temporal.Instant.from("2026-11-20T12:00:00Z").epochMilliseconds,
    }),
  ];
  assert.deepEqual(gone(decided(all, { keepWithin: "3d", minKeep: 1 })).length, 1);
  assert.ok(kept(decided(all, { keepWithin: "3d", minKeep: 1 })).includes("2001-01-01T00:00:00Z"));
});

Deno.test("plan believes a long absence once backups span three days again", () => {
  const before = series("2026-06-01T00:00:00Z", { days: 1 }, 5);
  const after = (count: number) => series("2026-11-21T11:00:00Z", { days: 1 }, count);
  const policy = { keepWithin: "30d", minKeep: 1 };
  assert.equal(decided([...before, ...after(2)], policy).delete.length, 0);
  assert.equal(decided([...before, ...after(5)], policy).delete.length, 5);
});

Deno.test("plan holds the newest before a long gap while ages are measured from it", () => {
  const all = [
    backup("2026-01-01T00:00:00Z"),
    backup("2026-11-21T10:00:00Z", { expiresAt: "2026-02-01T00:00:00.000Z" }),
    backup("2026-11-21T11:00:00Z", { pinned: true }),
  ];
  const first = decided(all, { keepYearly: 1, minKeep: 1 });
  assert.deepEqual(rulesOf(first, "2026-01-01T00:00:00Z"), ["beforeGap"]);
  assert.deepEqual(gone(first), []);
});
