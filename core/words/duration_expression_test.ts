import assert from "node:assert/strict";
import { describeDuration, parseDuration, readDuration } from "./duration_expression.ts";
import { HoldfastError } from "../errors.ts";

for (
  const [text, iso] of [
    ["4h", "PT4H"],
    ["90m", "PT90M"],
    ["90 min", "PT90M"],
    ["45s", "PT45S"],
    ["7d", "P7D"],
    ["2w", "P2W"],
    ["3mo", "P3M"],
    ["1y", "P1Y"],
    ["3 Days", "P3D"],
    ["1h30m", "PT1H30M"],
    ["1 day, 12 hours", "P1DT12H"],
    ["1.5h", "PT1H30M"],
    ["0h", "PT0S"],
    ["P1Y2M3DT4H", "P1Y2M3DT4H"],
    [" pt36h ", "PT36H"],
  ] as const
) {
  Deno.test(`parseDuration reads ${JSON.stringify(text)}`, () => {
    assert.equal(parseDuration(text).toString(), iso);
  });
}

for (
  const text of [
    "",
    " ",
    "4",
    "h",
    "-4h",
    "-P1D",
    "4 fortnights",
    "30m 1h",
    "1h 1h",
    "1.5d",
    "1.5h 10m",
    "1,5h",
    "4h ago",
    "P",
    "99999999999999999999d",
    "1001y",
    "١h",
  ]
) {
  Deno.test(`parseDuration refuses ${JSON.stringify(text)}`, () => {
    assert.equal(readDuration(text), undefined);
    assert.throws(
      () => parseDuration(text),
      (error) =>
        error instanceof HoldfastError && error.code === "USAGE" && error.hint !== undefined &&
        error.message.includes(JSON.stringify(text)),
    );
  });
}

Deno.test("describeDuration says the units that are there", () => {
  assert.equal(describeDuration(parseDuration("24h")), "24 hours");
  assert.equal(describeDuration(parseDuration("1d12h")), "1 day 12 hours");
  assert.equal(describeDuration(parseDuration("0m")), "0 seconds");
});
