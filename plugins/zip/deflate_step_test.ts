import { equal, rejects, throws } from "node:assert/strict";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { DeflateStep } from "./deflate_step.ts";

/** Bytes that shrink, but not to nothing. */
function sample(size: number): Uint8Array<ArrayBuffer> {
  let seed = 1;
  return new Uint8Array(size).map(() => (seed = (seed * 48271) % 2147483647) % 23);
}

/** A stream of chunks of an odd size. */
function chunks(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at += 99_991));
    },
  });
}

for (const size of [0, 1, 512 * 1024, 9_000_000]) {
  Deno.test(`DeflateStep makes one valid stream of ${size} bytes`, async () => {
    const bytes = sample(size);
    const raw = chunks(bytes).pipeThrough(new DeflateStep("deflate-raw", { level: 1 }));
    equal(Deno.inspect(inflateRawSync(await new Response(raw).bytes()).equals(bytes)), "true");
    const gzip = chunks(bytes).pipeThrough(new DeflateStep("gzip"));
    equal(gunzipSync(await new Response(gzip).bytes()).equals(bytes), true);
  });
}

Deno.test("DeflateStep ends its threads when the reader gives up", async () => {
  const step = chunks(sample(20_000_000)).pipeThrough(new DeflateStep("gzip"));
  const reader = step.getReader();
  for (let seen = 0; seen < 1_000_000;) seen += (await reader.read()).value?.length ?? 1_000_000;
  await reader.cancel();
});

Deno.test("DeflateStep ends its threads when its source fails", async () => {
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at++ === 15) controller.error(new Error("gone"));
      else controller.enqueue(sample(1_000_000));
    },
  });
  await rejects(new Response(source.pipeThrough(new DeflateStep("gzip"))).bytes(), /gone/);
});

Deno.test("DeflateStep knows its formats", () => {
  throws(() => new DeflateStep("brotli"), TypeError);
});
