import { equal, rejects } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { checkTarget } from "./check_plugin.ts";
import { memoryTarget } from "./memory_target.ts";

const { signal } = new AbortController();

Deno.test("memoryTarget keeps the promises of a target", async (t) => {
  await checkTarget(() => memoryTarget({ capacity: 100_000_000 }), {
    step: async (name, run) => void await t.step(name, run),
  });
});

Deno.test("memoryTarget is full over its capacity", async () => {
  const target = memoryTarget({ capacity: 10 });
  await target.put("a", bytesBody(new Uint8Array(8)), { signal });
  await target.put("a", bytesBody(new Uint8Array(9)), { signal });
  await rejects(target.put("b", bytesBody(new Uint8Array(2)), { signal }), { kind: "full" });
  equal((await target.quota?.({ signal }))?.free, 1);
});

Deno.test("memoryTarget tells times by the clock that it is given", async () => {
  const now = Temporal.Instant.from("2026-01-03T14:30:00Z");
  const target = memoryTarget({ now: () => now });
  await target.put("a", bytesBody(new Uint8Array(1)), { signal });
  equal((await target.stat("a", { signal }))?.modifiedAt, now);
});
