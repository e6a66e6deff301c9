import { deepEqual, equal, rejects } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { checkTarget } from "./check_plugin.ts";
import { randomBytes } from "./checks/target_bench.ts";
import { faultyTarget } from "./faulty_target.ts";
import { memoryTarget } from "./memory_target.ts";
import { retryDelay, retryingTarget, type RetryNews } from "./retrying_target.ts";
import type { Target } from "./target.ts";
import { TargetError } from "./target_error.ts";

const { signal } = new AbortController();
const options = { sleep: () => Promise.resolve(), random: () => 1 };

Deno.test("retryingTarget keeps the promises of a target", async () => {
  await checkTarget(() => retryingTarget(memoryTarget(), options));
  await checkTarget(() =>
    retryingTarget(faultyTarget(memoryTarget(), "unavailable", { times: 2 }), options)
  );
});

Deno.test("retryingTarget tries again only what is unavailable", async () => {
  const news: RetryNews[] = [];
  const retried = (target: Target): Target =>
    retryingTarget(target, { ...options, attempts: 3, onRetry: (one) => news.push(one) });
  await rejects(retried(faultyTarget(memoryTarget(), "unavailable")).stat("a", { signal }), {
    kind: "unavailable",
  });
  deepEqual(news.map(({ attempt, delayMs }) => [attempt, delayMs]), [[2, 1_000], [3, 2_000]]);
  for (const fault of ["denied", "throws"] as const) {
    await rejects(retried(faultyTarget(memoryTarget(), fault)).stat("a", { signal }));
  }
  equal(news.length, 2);
});

Deno.test("retryingTarget goes on with a download where it broke", async () => {
  const bytes = randomBytes(500_000);
  const memory = memoryTarget();
  await memory.put("a", bytesBody(bytes), { signal });
  const offsets: (number | undefined)[] = [];
  const broken = faultyTarget(memory, "broken_stream", { times: 3 });
  const watched: Target = {
    ...broken,
    get(key, call) {
      offsets.push(call.offset);
      return broken.get(key, call);
    },
  };
  const stream = await retryingTarget(watched, options).get("a", { signal });
  equal((await new Response(stream).bytes()).toHex() === bytes.toHex(), true);
  equal(offsets.length, 4);
  equal(offsets[1], 250_000);
});

Deno.test("retryingTarget tells each object of a list that broke once", async () => {
  const memory = memoryTarget();
  for (const key of ["a", "b", "c"]) await memory.put(key, bytesBody(randomBytes(1)), { signal });
  let broken = false;
  const target = retryingTarget({
    ...memory,
    async *list(prefix, call) {
      for await (const object of memory.list(prefix, call)) {
        if (object.key === "c" && !broken) {
          broken = true;
          throw new TargetError("unavailable", "Cannot list");
        }
        yield object;
      }
    },
  }, options);
  const keys = await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
  deepEqual(keys, ["a", "b", "c"]);
});

Deno.test("retryingTarget stops waiting when it is aborted", async () => {
  const abort = new AbortController();
  const target = retryingTarget(faultyTarget(memoryTarget(), "unavailable"), {
    firstDelayMs: 1e9,
    onRetry: () => abort.abort(new RangeError("given up")),
  });
  await rejects(target.remove("a", { signal: abort.signal }), RangeError);
});

Deno.test("retryDelay doubles, spreads, has a bound and honours the place", () => {
  const error = new TargetError("unavailable", "Cannot");
  const delays = [2, 3, 4, 20].map((attempt) => retryDelay(attempt, error, { random: () => 1 }));
  deepEqual(delays, [1_000, 2_000, 4_000, 64_000]);
  equal(retryDelay(2, error, { random: () => 0 }), 500);
  const asked = new TargetError("unavailable", "Cannot", { retryAfterMs: 90_000 });
  equal(retryDelay(2, asked, {}), 90_000);
});
