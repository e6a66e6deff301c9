import { deepEqual, equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { ByteSource } from "./byte_source.ts";
import { byteTransform } from "./byte_transform.ts";

const { signal } = new AbortController();

Deno.test("ByteSource reads by count whatever the chunks", async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
  const counts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });
  await fc.assert(fc.asyncProperty(chunks, counts, async (parts, sizes) => {
    const all = new Uint8Array(parts.flatMap((part) => [...part]));
    const source = new ByteSource(ReadableStream.from(parts.map((part) => new Uint8Array(part))));
    let at = 0;
    for (const size of sizes) {
      const read = await source.read(size);
      deepEqual([...read], [...all.subarray(at, at + size)]);
      at += read.length;
    }
  }));
});

Deno.test("byteTransform cancels its source when its reader leaves or its step fails", async () => {
  const cancelled: unknown[] = [];
  const endless = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: (reason) => void cancelled.push(reason),
    });
  const copying = byteTransform(signal, async function* (source) {
    for (;;) yield await source.read(5);
  });
  const reader = endless().pipeThrough(copying).getReader();
  await reader.read();
  await reader.cancel("left");
  const failing = byteTransform(signal, async function* (source) {
    yield await source.read(5);
    throw new RangeError("broke");
  });
  await rejects(new Response(endless().pipeThrough(failing)).bytes(), RangeError);
  equal(cancelled.length, 2);
});
