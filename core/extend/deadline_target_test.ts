import { equal, rejects } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { checkTarget } from "./check_plugin.ts";
import { deadlineTarget } from "./deadline_target.ts";
import { faultyTarget } from "./faulty_target.ts";
import { memoryTarget } from "./memory_target.ts";
import { sleep } from "./sleep.ts";
import type { Target } from "./target.ts";

const { signal } = new AbortController();
const body = bytesBody(new Uint8Array(10));

Deno.test("deadlineTarget keeps the promises of a target", async () => {
  await checkTarget(() => deadlineTarget(memoryTarget()));
});

Deno.test("deadlineTarget gives up every verb of a plugin that never answers", async () => {
  const deaf = faultyTarget(memoryTarget(), "never_answers");
  const target = deadlineTarget(deaf, { deadlineMs: 5 });
  const unavailable = { name: "TargetError", kind: "unavailable" };
  await rejects(target.put("a", body, { signal }), unavailable);
  await rejects(target.get("a", { signal }), unavailable);
  await rejects(target.stat("a", { signal }), unavailable);
  await rejects(Array.fromAsync(target.list("", { signal })), unavailable);
  await rejects(target.remove("a", { signal }), unavailable);
});

Deno.test("deadlineTarget gives up a download that stops half way", async () => {
  const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new Uint8Array(3)),
  });
  const target = deadlineTarget({ ...memoryTarget(), get: () => Promise.resolve(silent) }, {
    deadlineMs: 5,
  });
  const reader = (await target.get("a", { signal })).getReader();
  equal((await reader.read()).value?.length, 3);
  await rejects(reader.read(), { kind: "unavailable" });
});

Deno.test("deadlineTarget frees its caller from a plugin that is deaf to the signal", async () => {
  const abort = new AbortController();
  const deaf = faultyTarget(memoryTarget(), "never_answers");
  const putting = deadlineTarget(deaf, { deadlineMs: 5 }).put("a", body, { signal: abort.signal });
  abort.abort(new RangeError("given up"));
  await rejects(putting, RangeError);
});

Deno.test("deadlineTarget tells the plugin to stop", async () => {
  const told = Promise.withResolvers<unknown>();
  const slow: Target = {
    ...memoryTarget(),
    stat: async (_key, call) => {
      call.signal.addEventListener("abort", () => told.resolve(call.signal.reason));
      return await new Promise(() => {});
    },
  };
  await rejects(deadlineTarget(slow, { deadlineMs: 5 }).stat("a", { signal }));
  equal((await told.promise as { kind: string }).kind, "unavailable");
});

Deno.test("deadlineTarget waits as long as there is progress", async () => {
  const target: Target = {
    ...memoryTarget(),
    async put(_key, _body, call): Promise<void> {
      for (let bytes = 0; bytes < 12; bytes++) {
        await sleep(300, call.signal);
        call.onProgress?.(bytes);
      }
    },
  };
  await deadlineTarget(target, { deadlineMs: 3_000 }).put("a", body, { signal });
});
