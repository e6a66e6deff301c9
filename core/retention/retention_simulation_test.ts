import assert from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { defaultRetention } from "./retention_policy.ts";
import { simulate, type SimulationOptions } from "./retention_simulation.ts";

const year: SimulationOptions = {
  every: "4h",
  for: "1y",
  start: Temporal.Instant.from("2026-01-01T00:00:00Z"),
  zone: "Europe/Berlin",
  size: 1000,
};

Deno.test("simulate shows a year of the default policy", () => {
  const { end, months, kept, taken, peakBytes } = simulate(defaultRetention(), year);
  assert.equal(taken, 365 * 6 + 1);
  assert.equal(end.count, 15);
  assert.equal(end.bytes, 15_000);
  assert.equal(peakBytes, 16_000);
  assert.equal(kept.length, 15);
  // One of 2026 in UTC begins and ends in January there, at 01:00 in Berlin.
  assert.equal(months.length, 13);
  const days = (Date.parse(end.at) - Date.parse(end.oldest)) / 86_400_000;
  assert.ok(days > 20 && days <= 30, `${days}`);
});

Deno.test("simulate lets the database grow", () => {
  const { end } = simulate({ keepLast: 2, minKeep: 1 }, {
    ...year,
    every: "1d",
    for: "10d",
    growth: 50,
  });
  assert.equal(end.bytes, 1500 + 1450);
});

Deno.test("simulate keeps the wall time and the last of the month", () => {
  const { kept } = simulate({ keepLast: 50 }, {
    ...year,
    every: "1mo",
    start: Temporal.Instant.from("2026-01-31T11:00:00Z"),
    for: "5mo",
  });
  assert.deepEqual(kept.toReversed().slice(0, 4), [
    "2026-01-31T11:00:00.000Z",
    "2026-02-28T11:00:00.000Z",
    "2026-03-31T10:00:00.000Z",
    "2026-04-30T10:00:00.000Z",
  ]);
});

for (
  const [other, code] of [
    [{ every: "0h" }, "USAGE"],
    [{ every: "often" }, "USAGE"],
    [{ for: "long" }, "USAGE"],
    [{ every: "1s" }, "USAGE"],
  ] as const
) {
  Deno.test(`simulate refuses ${JSON.stringify(other)}`, () => {
    assert.throws(
      () => simulate(defaultRetention(), { ...year, ...other }),
      (error) => error instanceof HoldfastError && error.code === code,
    );
  });
}

Deno.test("simulate refuses a policy that makes no sense", () => {
  assert.throws(
    () => simulate({}, year),
    (error) => error instanceof HoldfastError && error.code === "CONFIG_INVALID",
  );
});
