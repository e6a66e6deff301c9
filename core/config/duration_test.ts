import assert from "node:assert/strict";
import { parseDuration } from "./duration.ts";

Deno.test("parseDuration() reads each unit and their sums", () => {
  const table: readonly (readonly [string, number])[] = [
    ["0s", 0],
    ["250ms", 250],
    ["2s", 2_000],
    ["1.5h", 5_400_000],
    ["1h30m", 5_400_000],
    ["26h", 93_600_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
    [" 1h 30m ", 5_400_000],
  ];
  for (const [text, ms] of table) assert.equal(parseDuration(text), ms, text);
});

Deno.test("parseDuration() refuses what is no duration", () => {
  for (const text of ["", "2", "s", "-2s", "2 s", "2y", "1e3s", "2s!", "99999999999w", "½h"]) {
    assert.equal(parseDuration(text), undefined, text);
  }
});
