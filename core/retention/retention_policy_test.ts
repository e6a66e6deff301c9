import assert from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import {
  defaultRetention,
  readRetentionPolicy,
  type RetentionPlace,
  type RetentionPolicy,
} from "./retention_policy.ts";

Deno.test("readRetentionPolicy reads numbers, spans, sizes and the other name", () => {
  const rules = readRetentionPolicy({
    keepLast: 3,
    keepWithin: "36h",
    keepDaily: 7,
    keepYearly: "5y",
    retentionDays: 400,
    maxTotalSize: "10GB",
  });
  assert.equal(rules.keepLast, 3);
  assert.equal(rules.keepWithin?.toString(), "PT36H");
  assert.deepEqual(rules.periods.map(({ period, keep }) => [period, String(keep)]), [
    ["daily", "7"],
    ["yearly", "P5Y"],
  ]);
  assert.deepEqual([rules.maxAgeDays, rules.maxTotalSize, rules.minKeep], [400, 1e10, 3]);
  assert.equal(rules.keepAll, false);
});

Deno.test("defaultRetention caps by place and passes its own check", () => {
  const places: readonly RetentionPlace[] = ["local", "target", "google-drive"];
  const caps = places.map((place) => readRetentionPolicy(defaultRetention(place)).maxCount);
  assert.deepEqual(caps, [15, 30, 50]);
});

for (
  const [policy, message, hint] of [
    [{}, '"retention": it says nothing', "keepDaily"],
    [{ minKeep: 3 }, "nothing to keep", ""],
    [{ keepDaily: 0, keepWithin: "0h", maxCount: 9 }, "nothing to keep", ""],
    [null, "null", "object"],
    [[], "[]", "object"],
    ["keep all", '"keep all"', "object"],
    [{ keepDialy: 7 }, "retention.keepDialy", '"keepDaily"'],
    [{ colour: 7 }, "retention.colour", "maxCount"],
    [{ keepDaily: -1 }, '-1 for "retention.keepDaily"', "whole number"],
    [{ keepDaily: 1.5 }, "1.5", "whole number"],
    [{ keepDaily: Infinity }, "Infinity", "whole number"],
    [{ keepDaily: NaN }, "NaN", "whole number"],
    [{ keepDaily: 1e9 }, "1000000000", "100000"],
    [{ keepDaily: "seven" }, '"seven"', "duration"],
    [{ keepDaily: true }, "true", "duration"],
    [{ keepLast: "3" }, '"3"', "whole number"],
    [{ keepWithin: 24 }, "24", "duration"],
    [{ keepWithin: "-24h" }, '"-24h"', "duration"],
    [{ maxCount: 0 }, '0 for "retention.maxCount"', "from 1"],
    [{ maxCount: 2 }, "2", "minKeep (3)"],
    [{ maxCount: 2, minKeep: 3 }, "2", "minKeep"],
    [{ maxAgeDays: 0 }, "0", "from 1"],
    [{ maxAgeDays: 1_000_000 }, "1000000", "36500"],
    [{ maxAgeDays: 3, retentionDays: 4 }, "retentionDays", "maxAgeDays (3)"],
    [{ maxTotalSize: "lots" }, '"lots"', "10GB"],
    [{ maxTotalSize: 0 }, "0", "bytes"],
    [{ keepLast: 1, minKeep: 0 }, "minKeep", "from 1"],
  ] as const
) {
  const shown = JSON.stringify(policy, (_, value) => Number.isNaN(value) ? "NaN" : value);
  Deno.test(`readRetentionPolicy refuses ${shown} about ${message}`, () => {
    assert.throws(() => readRetentionPolicy(policy), (error) => {
      assert.ok(error instanceof HoldfastError);
      assert.equal(error.code, "CONFIG_INVALID");
      assert.ok(error.message.includes(message), error.message);
      assert.ok(error.hint?.includes(hint), error.hint);
      return true;
    });
  });
}

Deno.test("readRetentionPolicy accepts a limit alone, and a small cap with its minKeep", () => {
  const policies: readonly RetentionPolicy[] = [{ maxAgeDays: 30 }, { maxCount: 1, minKeep: 1 }];
  for (const policy of policies) assert.equal(readRetentionPolicy(policy).keepAll, true);
});
