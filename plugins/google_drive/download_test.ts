import { deepEqual, equal, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { driveBench } from "./testing/drive_bench.ts";

/** An instance with one object. */
async function benchWith(bytes: Uint8Array<ArrayBuffer>) {
  const bench = await driveBench();
  await (await bench.target()).put("a", bytesBody(bytes), bench);
  bench.fake.seen.splice(0);
  return bench;
}

Deno.test("get goes on after every cut, from the byte where it was", async () => {
  const bytes = randomBytes(1_000_000);
  await using bench = await benchWith(bytes);
  for (let at = 0; at < 4; at++) bench.fake.faults.add({ step: "download", fault: { is: "half" } });
  bench.fake.faults.add({ step: "download", fault: { is: "status", status: 503 } });
  const read = await new Response(await (await bench.target()).get("a", bench)).bytes();
  equal(Buffer.compare(read, bytes), 0);
  equal(bench.fake.count("download"), 6);
  deepEqual(bench.fake.violations, []);
});

Deno.test("get goes on from an offset, and of everything reads nothing", async () => {
  const bytes = randomBytes(10_000);
  await using bench = await benchWith(bytes);
  const target = await bench.target();
  const from = async (offset: number): Promise<Uint8Array> =>
    await new Response(await target.get("a", { signal: bench.signal, offset })).bytes();
  equal(Buffer.compare(await from(9_000), bytes.subarray(9_000)), 0);
  bench.fake.seen.splice(0);
  equal((await from(10_000)).length, 0);
  equal((await from(20_000)).length, 0);
  equal(bench.fake.count("download"), 0);
});

Deno.test("get finds bytes that changed, by the hash that Google tells", async () => {
  await using bench = await benchWith(randomBytes(10_000));
  bench.fake.faults.add({ step: "download", fault: { is: "flip" } });
  const stream = await (await bench.target()).get("a", bench);
  await rejects(new Response(stream).bytes(), { kind: "corrupt" });
});

Deno.test("get takes no portal's page for the file", async () => {
  const bytes = randomBytes(10_000);
  await using bench = await benchWith(bytes);
  bench.fake.faults.add({ step: "download", fault: { is: "portal" } });
  const read = await new Response(await (await bench.target()).get("a", bench)).bytes();
  equal(Buffer.compare(read, bytes), 0);
});

Deno.test("get tells a refusal before the first byte", async () => {
  await using bench = await benchWith(randomBytes(10));
  const refusal = { is: "status", status: 403, reason: "cannotDownloadAbusiveFile" } as const;
  bench.fake.faults.add({ step: "download", fault: refusal });
  const target = await bench.target();
  await rejects(target.get("a", bench), { kind: "denied", hint: /in the browser/ });
  await rejects(target.get("b", bench), { kind: "not_found" });
});

Deno.test("get gives up after failures without progress", async () => {
  await using bench = await benchWith(randomBytes(10_000));
  for (let at = 0; at < 6; at++) {
    bench.fake.faults.add({ step: "download", fault: { is: "drop" } });
  }
  await rejects((await bench.target()).get("a", bench), { kind: "unavailable" });
});
