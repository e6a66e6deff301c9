import { equal, rejects, throws } from "node:assert/strict";
import { deflateRawSync, gzipSync } from "node:zlib";
import { InflateStep } from "./inflate_step.ts";

Deno.test("InflateStep undoes deflate", async () => {
  const bytes = new TextEncoder().encode("hello ".repeat(50_000));
  for (
    const [format, packed] of [["gzip", gzipSync(bytes)], [
      "deflate-raw",
      deflateRawSync(bytes),
    ]] as const
  ) {
    const plain = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new InflateStep(format));
    equal(await new Response(plain).text(), "hello ".repeat(50_000));
  }
});

Deno.test("InflateStep gives small pieces, however much a chunk holds", async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
  let largest = 0;
  for await (const piece of ReadableStream.from([bomb]).pipeThrough(new InflateStep("gzip"))) {
    largest = Math.max(largest, piece.length);
  }
  equal(largest <= 64 * 1024, true);
});

Deno.test("InflateStep fails on a cut or altered stream", async () => {
  const packed = new Uint8Array(gzipSync(new TextEncoder().encode("hello ".repeat(50_000))));
  const altered = packed.slice();
  altered.set([0, 0], altered.length - 6);
  for (const bytes of [packed.subarray(0, -9), altered]) {
    const plain = ReadableStream.from([bytes]).pipeThrough(new InflateStep("gzip"));
    await rejects(new Response(plain).bytes());
  }
});

Deno.test("InflateStep stops when its reader leaves, or its source breaks", async () => {
  const packed = new Uint8Array(gzipSync(new Uint8Array(5_000_000)));
  const left = ReadableStream.from([packed]).pipeThrough(new InflateStep("gzip")).getReader();
  await left.read();
  await left.cancel();
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(packed.subarray(0, 100)),
    pull: (controller) => controller.error(new RangeError("broke")),
  });
  const plain = broken.pipeThrough(new InflateStep("gzip"));
  await rejects(Array.fromAsync(plain), RangeError);
});

Deno.test("InflateStep knows its formats", () => {
  throws(() => new InflateStep("brotli"), TypeError);
});
