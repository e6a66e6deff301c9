import { deepEqual, equal } from "node:assert/strict";
import { forecastQuota, loadUsage, recordUsage, type UsageSample } from "./forecast.ts";
import { driveRuntime } from "./runtime.ts";
import { mapStore } from "./testing/drive_bench.ts";

const start = Temporal.Instant.from("2026-01-01T12:00:00Z");

function days(used: readonly number[]): readonly UsageSample[] {
  return used.map((bytes, at) => ({ at: start.add({ hours: 24 * at }).toString(), used: bytes }));
}

Deno.test("forecastQuota fits a line and says when nothing is left", () => {
  const forecast = forecastQuota(days([100, 200, 300, 400]), 600);
  equal(forecast?.bytesPerDay, 100);
  equal(forecast?.fullAt?.toString(), "2026-01-10T12:00:00Z");
});

Deno.test("forecastQuota smooths single days", () => {
  const forecast = forecastQuota(days([100, 210, 290, 410, 490]), 10_000);
  equal(forecast?.bytesPerDay, 98);
});

Deno.test("forecastQuota expects no end of what shrinks, rests or has no bound", () => {
  equal(forecastQuota(days([400, 300, 200]), 10)?.fullAt, undefined);
  equal(forecastQuota(days([400, 400, 400]), 10)?.fullAt, undefined);
  equal(forecastQuota(days([100, 200, 300]), undefined)?.fullAt, undefined);
  equal(forecastQuota(days([100, 101, 102]), 1e12)?.fullAt, undefined);
});

Deno.test("forecastQuota says nothing of less than two days", () => {
  equal(forecastQuota([], 10), undefined);
  equal(forecastQuota(days([100, 200]), 10), undefined);
});

Deno.test("recordUsage keeps the last of each day, sixty days", async () => {
  const state = mapStore(new Map());
  let now = start;
  const runtime = { ...driveRuntime, now: () => now };
  await recordUsage({ state, runtime }, 1);
  now = now.add({ hours: 1 });
  await recordUsage({ state, runtime }, 2);
  deepEqual((await loadUsage(state)).map(({ used }) => used), [2]);
  for (let day = 0; day < 70; day++) {
    now = now.add({ hours: 24 });
    await recordUsage({ state, runtime }, 100 + day);
  }
  const kept = await loadUsage(state);
  equal(kept.length, 60);
  equal(kept.at(-1)?.used, 169);
});
