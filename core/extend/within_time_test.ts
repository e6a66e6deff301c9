import assert from "node:assert/strict";
import { withinTime } from "./within_time.ts";

Deno.test("withinTime gives the result, and ends what never answers", async () => {
  const { signal } = new AbortController();
  assert.equal(await withinTime({ ms: 60_000, signal }, () => Promise.resolve(1)), 1);
  const seen: AbortSignal[] = [];
  await assert.rejects(
    withinTime({ ms: 5, signal }, (inner) => {
      seen.push(inner);
      return new Promise(() => {});
    }),
    { name: "TargetError", kind: "unavailable" },
  );
  assert.equal(seen[0]?.aborted, true);
});

Deno.test("withinTime ends with the reason of its caller", async () => {
  const controller = new AbortController();
  const waiting = withinTime(
    { ms: 60_000, signal: controller.signal },
    () => new Promise(() => {}),
  );
  controller.abort(new DOMException("enough", "AbortError"));
  await assert.rejects(waiting, { name: "AbortError" });
  await assert.rejects(
    withinTime({ ms: 60_000, signal: controller.signal }, () => Promise.resolve()),
    { name: "AbortError" },
  );
});
