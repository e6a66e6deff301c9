import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { type Body, bytesBody } from "../../core/extend/body.ts";
import { ChunkBlob } from "./chunk_blob.ts";

const silent = { onBytes() {}, onError() {} };

/** A body that gives other bytes than it says. */
function lying(size: number, given: number): Body {
  return { ...bytesBody(new Uint8Array(given)), size };
}

Deno.test("ChunkBlob is sent by fetch as a stream with its length", async () => {
  const lengths: (string | null)[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    lengths.push(request.headers.get("content-length"), request.headers.get("transfer-encoding"));
    return new Response(request.body);
  });
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  const places: number[] = [];
  const blob = new ChunkBlob(bytesBody(bytes), {
    ...silent,
    onBytes: (piece, at) => void places.push(at, piece.length),
  });
  const { port } = server.addr;
  for (let at = 0; at < 2; at++) {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "PUT", body: blob });
    deepEqual(await response.bytes(), bytes);
  }
  deepEqual(lengths, ["50000", null, "50000", null]);
  deepEqual(places, [0, 50_000, 0, 50_000]);
});

Deno.test("ChunkBlob refuses a body that is shorter or longer than it says", async () => {
  const heard: unknown[] = [];
  for (const [size, given] of [[10, 9], [10, 11]] as const) {
    const onError = (error: unknown): void => void heard.push(error);
    const blob = new ChunkBlob(lying(size, given), { ...silent, onError });
    equal(blob.size, size);
    await rejects(new Response(blob.stream()).bytes(), { kind: "invalid" });
  }
  equal(heard.length, 2);
});

Deno.test("ChunkBlob passes on that nobody wants the rest", async () => {
  let cancelled: unknown;
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: (reason) => void (cancelled = reason),
    });
  const blob = new ChunkBlob({ ...bytesBody(new Uint8Array(100)), stream }, silent);
  const reader = blob.stream().getReader();
  ok(!(await reader.read()).done);
  await reader.cancel("enough");
  equal(cancelled, "enough");
});
