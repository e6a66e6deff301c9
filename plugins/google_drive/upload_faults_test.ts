import { deepEqual, equal, rejects } from "node:assert/strict";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { driveBench } from "./testing/drive_bench.ts";
import type { Fault, Step } from "./testing/fault_script.ts";
import { hash, hasOnce, objects, small, unit } from "./testing/upload_bench.ts";

const faults: readonly (readonly [string, Step, Fault])[] = [
  ["a cut before a piece", "upload_chunk", { is: "drop" }],
  ["a cut after a piece", "upload_chunk", { is: "drop", after: true }],
  ["a cut in a piece", "upload_chunk", { is: "half" }],
  ["a 503 before a piece", "upload_chunk", { is: "status", status: 503 }],
  ["a 500 after a piece", "upload_chunk", { is: "status", status: 500, after: true }],
  ["a 408", "upload_chunk", { is: "status", status: 408 }],
  ["a 429", "upload_chunk", { is: "status", status: 429, reason: "rateLimitExceeded" }],
  ["a rate limit", "upload_chunk", { is: "status", status: 403, reason: "userRateLimitExceeded" }],
  ["a lost session", "upload_chunk", { is: "lose", status: 404 }],
  ["a session that is gone", "upload_chunk", { is: "lose", status: 410 }],
  ["less kept than sent", "upload_chunk", { is: "short" }],
  ["a portal", "upload_chunk", { is: "portal" }],
  ["a lost beginning", "upload_begin", { is: "drop", after: true }],
  ["a refused beginning", "upload_begin", { is: "status", status: 502 }],
  ["a portal at the beginning", "upload_begin", { is: "portal" }],
  ["no IDs", "generate_ids", { is: "drop" }],
  ["no room told", "about", { is: "status", status: 500 }],
  ["no list", "list", { is: "half" }],
];

Deno.test("put ends with the bytes, once, after a fault at any step", async (t) => {
  const bytes = randomBytes(unit * 3 + 1234);
  for (const [name, step, fault] of faults) {
    for (const sha256 of [undefined, hash(bytes)]) {
      await t.step(`${name}${sha256 === undefined ? "" : ", hash known"}`, async () => {
        await using bench = await driveBench(small);
        const skip = step === "upload_chunk" ? 1 : 0;
        bench.fake.faults.add({ step, fault, skip });
        const target = await bench.target();
        await target.put("a", bytesBody(bytes), { signal: bench.signal, sha256 });
        equal(bench.fake.faults.left, 0);
        hasOnce(bench, bytes);
        const { length } = await new Response(await target.get("a", bench)).bytes();
        equal(length, bytes.length);
      });
    }
  }
});

Deno.test("put whose last answer is lost makes no twin", async (t) => {
  const lost: Fault = { is: "drop", after: true };
  await t.step("in one request", async () => {
    await using bench = await driveBench();
    const bytes = randomBytes(1000);
    bench.fake.faults.add({ step: "upload_simple", fault: lost });
    await (await bench.target()).put("a", bytesBody(bytes), bench);
    hasOnce(bench, bytes);
  });
  await t.step("in pieces, and the session is gone then", async () => {
    await using bench = await driveBench(small);
    const bytes = randomBytes(unit * 2);
    bench.fake.faults.add(
      { step: "upload_chunk", fault: lost, skip: 1 },
      { step: "upload_query", fault: { is: "lose", status: 404 } },
    );
    await (await bench.target()).put("a", bytesBody(bytes), bench);
    hasOnce(bench, bytes);
  });
});

Deno.test("put goes on where fetch itself repeated a piece that had arrived", async () => {
  await using bench = await driveBench(small);
  bench.fake.keepAlive = true;
  const bytes = randomBytes(unit * 6);
  const lost: Fault = { is: "drop", after: true };
  bench.fake.faults.add(
    { step: "upload_chunk", fault: lost, skip: 2 },
    { step: "upload_chunk", fault: lost, skip: 2 },
  );
  await (await bench.target()).put("a", bytesBody(bytes), bench);
  hasOnce(bench, bytes);
});

Deno.test("put gives up a session that takes nothing any more", async () => {
  await using bench = await driveBench(small);
  // Half of one unit, rounded down, is nothing.
  for (let at = 0; at < 10; at++) {
    bench.fake.faults.add({ step: "upload_chunk", fault: { is: "short" } });
  }
  const bytes = bytesBody(randomBytes(unit * 2));
  await rejects((await bench.target()).put("a", bytes, bench), { message: /takes no more/ });
});

Deno.test("put finds bytes that changed on the way, and deletes them", async (t) => {
  for (const [step, size] of [["upload_simple", 1000], ["upload_chunk", unit * 2]] as const) {
    await t.step(step, async () => {
      await using bench = await driveBench(small);
      bench.fake.faults.add({ step, fault: { is: "flip" } });
      const target = await bench.target();
      const put = target.put("a", bytesBody(randomBytes(size)), bench);
      await rejects(put, { kind: "corrupt", message: /other bytes arrived/ });
      deepEqual(objects(bench), []);
      await target.put("a", bytesBody(randomBytes(size)), bench);
      equal(objects(bench).length, 1);
    });
  }
});
