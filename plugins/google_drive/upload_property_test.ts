import { deepEqual, equal, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { bytesBody } from "../../core/extend/body.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { type DriveBench, driveBench } from "./testing/drive_bench.ts";
import type { Fault, FaultLine, Step } from "./testing/fault_script.ts";

const unit = 256 * 1024;

/** Faults that any step can have. */
const anyFault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { is: "drop" },
  { is: "drop", after: true },
  { is: "portal" },
  { is: "status", status: 500 },
  { is: "status", status: 503, after: true },
  { is: "status", status: 503, retryAfter: "2" },
  { is: "status", status: 408 },
  { is: "status", status: 429, reason: "rateLimitExceeded" },
  { is: "status", status: 403, reason: "userRateLimitExceeded" },
  { is: "status", status: 401, reason: "authError" },
);
/** Faults of pieces. */
const pieceFault: fc.Arbitrary<Fault> = fc.oneof(
  anyFault,
  fc.constantFrom<Fault>(
    { is: "half" },
    { is: "short" },
    { is: "flip" },
    { is: "lose", status: 404 },
    { is: "lose", status: 410 },
  ),
);
const otherSteps: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  "token",
  "about",
  "generate_ids",
  "create",
  "get",
  "list",
  "upload_simple",
  "upload_begin",
  "upload_query",
);
/** One line of a script. */
const line: fc.Arbitrary<FaultLine> = fc.oneof(
  fc.record({ step: otherSteps, fault: anyFault, skip: fc.nat(2) }),
  fc.record({ step: fc.constant<Step>("upload_chunk"), fault: pieceFault, skip: fc.nat(4) }),
);

/** One upload. */
interface Case {
  readonly size: number;
  readonly chunkUnits: number;
  readonly lines: readonly FaultLine[];
  readonly hashKnown: boolean;
  readonly replaces: boolean;
}

const upload: fc.Arbitrary<Case> = fc.record({
  size: fc.oneof(
    fc.nat(unit * 9),
    fc.nat(9).map((units) => units * unit),
    fc.constantFrom(0, 1, unit - 1, unit + 1),
  ),
  chunkUnits: fc.integer({ min: 1, max: 3 }),
  lines: fc.array(line, { maxLength: 10 }),
  hashKnown: fc.boolean(),
  replaces: fc.boolean(),
});

/** Puts again, each time as another process, until it went well. */
async function putUntilDone(bench: DriveBench, bytes: Uint8Array<ArrayBuffer>, known: boolean) {
  const sha256 = known ? createHash("sha256").update(bytes).digest("hex") : undefined;
  const told: number[] = [];
  for (let processes = 0; processes < 30; processes++) {
    const target = await bench.target();
    try {
      const onProgress = (done: number): void => void told.push(done);
      await target.put("db-1/a.db", bytesBody(bytes), { signal: bench.signal, sha256, onProgress });
      ok(told.every((done) => done >= 0 && done <= bytes.length));
      return;
    } catch (error) {
      // A flipped bit is `corrupt`, two refusals of the sign-in are `denied`.
      ok(error instanceof TargetError, String(error));
      ok(["unavailable", "corrupt", "denied"].includes(error.kind), String(error));
    }
  }
  throw new Error("thirty processes did not do it");
}

/** One case, from an empty server on. */
async function isOnceThere({ size, chunkUnits, lines, hashKnown, replaces }: Case): Promise<void> {
  await using bench = await driveBench({
    settings: { chunkSizeKiB: chunkUnits * 256 },
    runtime: { simpleLimit: unit },
  });
  const bytes = new Uint8Array(size).map((_, at) => (at * 31 + (at >> 8)) & 0xff);
  if (replaces) {
    const old = bytesBody(new Uint8Array(1000));
    await (await bench.target()).put("db-1/a.db", old, { signal: bench.signal });
  }
  bench.fake.faults.add(...lines);
  await putUntilDone(bench, bytes, hashKnown);
  bench.fake.faults.clear();
  const files = [...bench.fake.files.all.values()].filter(({ appProperties }) =>
    appProperties["holdfast"] === "file"
  );
  equal(files.length, 1, "there is one file, also counting the bin");
  deepEqual(Buffer.compare(files[0]?.bytes ?? new Uint8Array(1), bytes), 0);
  const target = await bench.target();
  const listed = await Array.fromAsync(target.list("", bench));
  deepEqual(listed.map(({ key, size }) => [key, size]), [["db-1/a.db", size]]);
  const read = await new Response(await target.get("db-1/a.db", bench)).bytes();
  equal(Buffer.compare(read, bytes), 0);
  deepEqual(bench.fake.violations, []);
}

Deno.test("put of any size through any faults ends with the same bytes, once", async () => {
  await fc.assert(fc.asyncProperty(upload, isOnceThere), { numRuns: 60 });
});
