import { ok, rejects } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { bytesBody, type Codec } from "../../core/extend/mod.ts";
import { checkCodec } from "../../core/extend/testing.ts";
import { pipeProgram } from "../../tests/support/pipe_program.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { blockHeader, blockMember, endMember, memberSize } from "./member.ts";
import { gzipCodec } from "./mod.ts";

const { signal } = new AbortController();
const corrupt = { name: "TargetError", kind: "corrupt" };

/** Bytes through a direction of the codec. */
async function through(
  direction: "encode" | "decode",
  bytes: Uint8Array,
  codec: Codec = gzipCodec(),
) {
  const step = await codec[direction](signal);
  return await new Response(bytesBody(new Uint8Array(bytes)).stream().pipeThrough(step)).bytes();
}

/** Rows of a table as text. */
function rows(count: number): Uint8Array<ArrayBuffer> {
  const row = (_: unknown, at: number): string => `${at},name ${at * 7919 % 1000}\n`;
  return new TextEncoder().encode(Array.from({ length: count }, row).join(""));
}

Deno.test("gzipCodec keeps the promises of a codec", async (t) => {
  await checkCodec(() => gzipCodec(), { step: async (name, run) => void await t.step(name, run) });
});

Deno.test({
  ...requireProgram(["gunzip"], "gzipCodec writes what gunzip reads"),
  async fn(): Promise<void> {
    const random = crypto.getRandomValues(new Uint8Array(65_535));
    for (const bytes of [new Uint8Array(0), rows(1), rows(200_000), random]) {
      const read = await pipeProgram(["gunzip", "-c"], await through("encode", bytes));
      ok(read.toHex() === bytes.toHex(), `${bytes.length} bytes`);
    }
  },
});

Deno.test("gzipCodec finds every flipped bit of an artifact", async () => {
  const encoded = await through("encode", rows(40));
  for (let bit = 0; bit < encoded.length * 8; bit++) {
    const flipped = encoded.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await rejects(through("decode", flipped), corrupt, `bit ${bit}`);
  }
});

Deno.test("gzipCodec refuses members that are missing, twice or in another order", async () => {
  const encoded = await through("encode", new Uint8Array(3 << 20).map((_, at) => at >> 20));
  const size = memberSize(encoded);
  const [one, two, rest] = [
    encoded.subarray(0, size),
    encoded.subarray(size, 2 * size),
    encoded.subarray(2 * size),
  ];
  ok((await through("decode", new Uint8Array([...one, ...two, ...rest]))).length === 3 << 20);
  for (const parts of [[two, rest], [one, one, two, rest], [two, one, rest], [one, two]]) {
    await rejects(through("decode", new Uint8Array(parts.flatMap((part) => [...part]))), corrupt);
  }
});

Deno.test("gzipCodec refuses hostile members before they cost memory", async () => {
  const bomb = blockMember(0, new Uint8Array(64 << 20), 9);
  await rejects(through("decode", bomb), corrupt);
  await rejects(through("decode", blockHeader(0, 0xffff_ffff)), corrupt);
  await rejects(through("decode", blockHeader(0, 5)), corrupt);
  await rejects(through("decode", endMember(new Uint8Array(32))), corrupt);
});

Deno.test("gzipCodec refuses other gzip files, which gunzip reads", async () => {
  await rejects(through("decode", gzipSync(rows(10))), corrupt);
});
