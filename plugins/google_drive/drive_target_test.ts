import { checkTarget } from "../../core/extend/check_target.ts";
import { driveBench } from "./testing/drive_bench.ts";
import { deepEqual } from "node:assert/strict";

Deno.test("driveTarget keeps the promises of a target", async (t) => {
  await using bench = await driveBench({ runtime: { pageSize: 10 } });
  await checkTarget(() => bench.target(), { step: (name, run) => t.step(name, run) });
  deepEqual(bench.fake.violations, []);
});
