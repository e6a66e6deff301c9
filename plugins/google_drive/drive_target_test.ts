import { deepEqual } from "node:assert/strict";
import { checkTarget } from "../../core/extend/testing.ts";
import { driveBench } from "./testing/drive_bench.ts";

Deno.test("driveTarget keeps the promises of a target", async (t) => {
  await using bench = await driveBench({ runtime: { pageSize: 10 } });
  await checkTarget(() => bench.target(), {
    step: async (name, run) => void await t.step(name, run),
  });
  deepEqual(bench.fake.violations, []);
});
