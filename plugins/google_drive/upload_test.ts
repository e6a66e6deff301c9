import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import type { FakeFile } from "./testing/fake_files.ts";
import { type DriveBench, driveBench, type DriveBenchOptions } from "./testing/drive_bench.ts";
import type { Fault, Step } from "./testing/fault_script.ts";

const unit = 256 * 1024;
const small: DriveBenchOptions = {
  settings: { chunkSizeKiB: 256 },
  runtime: { simpleLimit: unit },
};

/** The SHA-256 of bytes. */
function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The objects at the server. */
function objects({ fake }: DriveBench): readonly FakeFile[] {
  return [...fake.files.all.values()].filter(({ appProperties, trashed }) =>
    appProperties["holdfast"] === "file" && !trashed
  );
}

/** Throws where the server has anything but these bytes, once. */
function hasOnce(bench: DriveBench, bytes: Uint8Array): void {
  const [file, ...others] = objects(bench);
  deepEqual(others, []);
  equal(file?.sha256, hash(bytes));
  deepEqual(bench.fake.violations, []);
}

Deno.test("put sends up to 5 MB in one request, and more in pieces", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("small", bytesBody(randomBytes(5_000_000)), bench);
  equal(bench.fake.count("upload_simple"), 1);
  equal(bench.fake.count("upload_begin"), 0);
  await target.put("large", bytesBody(randomBytes(20_000_000)), bench);
  equal(bench.fake.count("upload_begin"), 1);
  equal(bench.fake.count("upload_chunk"), 3);
  equal(bench.fake.count("upload_query"), 0);
  deepEqual(bench.fake.violations, []);
});

Deno.test("put tells the bytes that Google acknowledged", async () => {
  const told: number[] = [];
  const bytes = randomBytes(unit * 3 + 5);
  await using wide = await driveBench({ ...small, settings: { chunkSizeKiB: 512 } });
  wide.fake.faults.add({ step: "upload_chunk", fault: { is: "short" } });
  const options = { signal: wide.signal, onProgress: (done: number) => void told.push(done) };
  await (await wide.target()).put("a", bytesBody(bytes), options);
  deepEqual(told, [0, unit, unit * 3, bytes.length]);
  hasOnce(wide, bytes);
});

Deno.test("put of the same bytes sends nothing again", async () => {
  await using bench = await driveBench(small);
  const bytes = randomBytes(unit * 2);
  const options = { signal: bench.signal, sha256: hash(bytes) };
  await (await bench.target()).put("a", bytesBody(bytes), options);
  const { arrived } = bench.fake.uploads;
  await (await bench.target()).put("a", bytesBody(bytes), options);
  equal(bench.fake.uploads.arrived, arrived);
});

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

Deno.test("put goes on in a later process with what Google has", async () => {
  await using bench = await driveBench(small);
  const bytes = randomBytes(unit * 8);
  const options = { signal: bench.signal, sha256: hash(bytes) };
  for (let at = 0; at < 6; at++) {
    bench.fake.faults.add({ step: "upload_chunk", fault: { is: "drop" }, skip: at === 0 ? 5 : 0 });
  }
  const first = (await bench.target()).put("a", bytesBody(bytes), options);
  await rejects(first, { kind: "unavailable" });
  equal(objects(bench).length, 0);
  bench.fake.now = bench.fake.now.add({ hours: 24 * 5 });
  bench.fake.faults.clear();
  await (await bench.target()).put("a", bytesBody(bytes), options);
  equal(bench.fake.uploads.arrived, bytes.length, "no byte twice");
  equal(bench.fake.count("upload_begin"), 1);
  hasOnce(bench, bytes);
  ok(![...bench.values.keys()].some((key) => key.startsWith("upload:")));
});

Deno.test("put begins anew where the session is older than a week, or for other bytes", async () => {
  await using bench = await driveBench(small);
  const bytes = randomBytes(unit * 4);
  const stop = async (): Promise<void> => {
    for (let at = 0; at < 6; at++) {
      bench.fake.faults.add({
        step: "upload_chunk",
        fault: { is: "drop" },
        skip: at === 0 ? 2 : 0,
      });
    }
    const options = { signal: bench.signal, sha256: hash(bytes) };
    await rejects((await bench.target()).put("a", bytesBody(bytes), options));
    bench.fake.faults.clear();
  };
  await stop();
  bench.fake.now = bench.fake.now.add({ hours: 24 * 8 });
  await stop();
  equal(bench.fake.count("upload_begin"), 2);
  const others = randomBytes(unit * 4);
  await (await bench.target()).put("a", bytesBody(others), {
    signal: bench.signal,
    sha256: hash(others),
  });
  equal(bench.fake.count("upload_begin"), 3);
  hasOnce(bench, others);
});

Deno.test("put passes on why a large body broke, and waits for nothing", async () => {
  await using bench = await driveBench(small);
  const whole = bytesBody(randomBytes(unit * 4));
  const broken = {
    ...whole,
    slice: (start: number, end: number) => ({
      ...whole.slice(start, end),
      stream: () => {
        if (start < unit * 2) return whole.slice(start, end).stream();
        return new ReadableStream({ pull: () => Promise.reject(new RangeError("disk broke")) });
      },
    }),
  };
  await rejects((await bench.target()).put("a", broken, bench), new RangeError("disk broke"));
  deepEqual(bench.waits, []);
  deepEqual(objects(bench), []);
});

Deno.test("put aborted in a piece stops with the reason, and goes on later", async () => {
  await using bench = await driveBench(small);
  const bytes = randomBytes(unit * 6);
  const [reached, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  bench.fake.faults.add({
    step: "upload_chunk",
    skip: 3,
    fault: { is: "hold", reached: reached.resolve, until: held.promise },
  });
  const abort = new AbortController();
  const target = await bench.target();
  const options = { signal: abort.signal, sha256: hash(bytes) };
  const outcome = rejects(target.put("a", bytesBody(bytes), options), new RangeError("given up"));
  await reached.promise;
  abort.abort(new RangeError("given up"));
  await outcome;
  equal(await target.stat("a", bench), undefined);
  held.resolve();
  await target.put("a", bytesBody(bytes), { signal: bench.signal, sha256: hash(bytes) });
  equal(bench.fake.count("upload_begin"), 1);
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

Deno.test("put refuses early what cannot fit, with the bin in the hint", async () => {
  await using bench = await driveBench(small);
  bench.fake.files.limit = 2_000_000;
  const target = await bench.target();
  await target.put("old", bytesBody(randomBytes(900_000)), bench);
  await target.remove("old", bench);
  const body = bytesBody(randomBytes(1_500_000));
  await rejects(target.put("a", body, bench), {
    kind: "full",
    message: /1500000 bytes .* 1100000 bytes are free/,
    hint: /Empty the bin of Drive: it holds 900000 bytes/,
  });
  equal(bench.fake.count("upload_begin"), 1);
});

Deno.test("put takes the server's word where the room goes meanwhile", async () => {
  await using bench = await driveBench(small);
  bench.fake.faults.add({
    step: "upload_chunk",
    fault: { is: "status", status: 403, reason: "storageQuotaExceeded" },
  });
  const body = bytesBody(randomBytes(unit * 2));
  await rejects((await bench.target()).put("a", body, bench), { kind: "full" });
});

Deno.test("put refuses a file that is too large for the domain", async () => {
  await using bench = await driveBench(small);
  bench.fake.files.maxUploadSize = 1_000_000;
  const body = bytesBody(randomBytes(1_000_001));
  await rejects((await bench.target()).put("a", body, bench), { kind: "invalid", hint: /zstd/ });
  equal(bench.fake.count("upload_begin"), 0);
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

Deno.test("put after a person emptied the bin takes a new ID", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("a", bytesBody(randomBytes(10)), bench);
  const [file] = objects(bench);
  bench.fake.files.get(file?.id ?? "").trashed = true;
  await target.put("a", bytesBody(randomBytes(20)), bench);
  equal(objects(bench).length, 1);
  const [second] = objects(bench);
  bench.fake.files.delete(second?.id ?? "");
  const bytes = randomBytes(30);
  await target.put("a", bytesBody(bytes), bench);
  hasOnce(bench, bytes);
});

Deno.test("put says so where the folder went to the bin or for good", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("a", bytesBody(randomBytes(10)), bench);
  const { folder } = await bench.kind.describe(bench.context);
  const there = bench.fake.files.get(folder.id ?? "");
  there.trashed = true;
  const again = async (): Promise<void> =>
    await (await bench.target()).put("b", bytesBody(randomBytes(10)), bench);
  await rejects(again, { kind: "invalid", message: /lies in the bin/ });
  await rejects(target.put("b", bytesBody(randomBytes(10)), bench), { message: /lies in the bin/ });
  bench.fake.files.delete(folder.id ?? "");
  await rejects(again, { kind: "invalid", message: /it is gone/ });
  await bench.kind.connect?.(bench.context, bench.ui);
  await again();
});

Deno.test("put honours Retry-After, and leaves a long one to its caller", async () => {
  await using bench = await driveBench();
  const busy = { is: "status", status: 429, reason: "rateLimitExceeded" } as const;
  bench.fake.faults.add({ step: "upload_simple", fault: { ...busy, retryAfter: "11" } });
  const target = await bench.target();
  await target.put("a", bytesBody(randomBytes(10)), bench);
  deepEqual(bench.waits, [11_000]);
  bench.fake.faults.add({ step: "upload_simple", fault: { ...busy, retryAfter: "900" } });
  const put = target.put("b", bytesBody(randomBytes(10)), bench);
  await rejects(put, { kind: "unavailable", retryAfterMs: 900_000 });
});

Deno.test("put keeps the bytes that Google vouches for", async () => {
  await using bench = await driveBench();
  const bytes = randomBytes(1000);
  const target = await bench.target();
  await target.put("a", bytesBody(bytes), bench);
  equal((await target.stat("a", bench))?.sha256, hash(bytes));
  match((await Array.fromAsync(target.list("", bench)))[0]?.sha256 ?? "", /^[0-9a-f]{64}$/);
});
