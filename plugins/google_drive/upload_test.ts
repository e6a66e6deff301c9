import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { driveBench } from "./testing/drive_bench.ts";
import { hash, hasOnce, objects, small, unit } from "./testing/upload_bench.ts";

Deno.test("put sends up to 5 MB in one request, and more in pieces", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("small", bytesBody(randomBytes(5_000_000)), bench);
  equal(bench.fake.count("upload_simple"), 1);
  equal(bench.fake.count("upload_begin"), 0);
  await target.put("large", bytesBody(randomBytes(20_000_000)), bench);
  equal(bench.fake.count("upload_begin"), 1);
  equal(bench.fake.count("upload_chunk"), 2);
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

Deno.test("put in a later process takes the ID that an earlier one may still be using", async () => {
  await using bench = await driveBench();
  const bytes = randomBytes(10);
  for (let at = 0; at < 6; at++) {
    bench.fake.faults.add({ step: "upload_simple", fault: { is: "drop" } });
  }
  const put = async (): Promise<void> =>
    await (await bench.target()).put("a", bytesBody(bytes), bench);
  await rejects(put, { kind: "unavailable" });
  const kept = [...bench.values].find(([key]) => key.startsWith("id:"))?.[1];
  await put();
  deepEqual(objects(bench).map(({ id }) => id), [kept]);
  equal(bench.fake.count("generate_ids"), 1);
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
  const uploads = bench.fake.count("upload_simple");
  await rejects(again, { kind: "invalid", message: /lies in the bin/ });
  equal(bench.fake.count("upload_simple"), uploads, "nothing is sent there");
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
