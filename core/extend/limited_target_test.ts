import { equal, ok, throws } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { checkTarget } from "./check_plugin.ts";
import { limitedTarget } from "./limited_target.ts";
import { memoryTarget } from "./memory_target.ts";

const { signal } = new AbortController();

Deno.test("limitedTarget keeps the promises of a target", async () => {
  await checkTarget(() => limitedTarget(memoryTarget(), { bytesPerSecond: 1e12 }));
});

Deno.test("limitedTarget waits as long as the rate wants, up and down", async () => {
  let now = 0;
  const target = limitedTarget(memoryTarget(), {
    bytesPerSecond: 100_000,
    elapsed: () => now,
    sleep: (ms) => Promise.resolve(void (now += ms)),
  });
  const body = bytesBody(new Uint8Array(1_000_000));
  await target.put("a", body, { signal });
  ok(now > 9_000 && now <= 10_000, `${now} ms`);
  await new Response(await target.get("a", { signal })).bytes();
  ok(now > 19_000 && now <= 20_000, `${now} ms`);
  equal((await target.stat("a", { signal }))?.size, 1_000_000);
});

Deno.test("limitedTarget refuses a rate of nothing", () => {
  throws(() => limitedTarget(memoryTarget(), { bytesPerSecond: 0 }), RangeError);
});
