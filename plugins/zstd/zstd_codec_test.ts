import { ok, rejects } from "node:assert/strict";
import { constants, zstdCompressSync } from "node:zlib";
import { bytesBody, type Codec } from "../../core/extend/mod.ts";
import { checkCodec } from "../../core/extend/testing.ts";
import { pipeProgram } from "../../tests/support/pipe_program.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { zstdCodec } from "./mod.ts";
import { seekTable } from "./seek_table.ts";

const { signal } = new AbortController();
const corrupt = { name: "TargetError", kind: "corrupt" };

/** Bytes through a direction of the codec. */
async function through(
  direction: "encode" | "decode",
  bytes: Uint8Array,
  codec: Codec = zstdCodec(),
) {
  const step = await codec[direction](signal);
  return await new Response(bytesBody(new Uint8Array(bytes)).stream().pipeThrough(step)).bytes();
}

/** Rows of a table, of several sorts, as text. */
function rows(count: number): Uint8Array<ArrayBuffer> {
  const row = (_: unknown, at: number): string =>
    `${at},name ${at * 7919 % 1000},${(at * 104729 % 65_536).toString(16)}\n`;
  return new TextEncoder().encode(Array.from({ length: count }, row).join(""));
}

Deno.test("zstdCodec keeps the promises of a codec", async (t) => {
  await checkCodec(() => zstdCodec(), { step: async (name, run) => void await t.step(name, run) });
});

Deno.test({
  ...requireProgram(["zstd"], "zstdCodec writes what zstd -d reads"),
  async fn(): Promise<void> {
    const random = crypto.getRandomValues(new Uint8Array(65_535));
    const bodies = [new Uint8Array(0), rows(1), rows(200_000), random, new Uint8Array(3 << 20)];
    for (const bytes of bodies) {
      const read = await pipeProgram(["zstd", "-d", "-c"], await through("encode", bytes));
      ok(read.toHex() === bytes.toHex(), `${bytes.length} bytes`);
    }
  },
});

Deno.test("zstdCodec makes rows smaller, at a higher level more so", async () => {
  const bytes = rows(50_000);
  const [fast, small] = [zstdCodec({ level: 1 }), zstdCodec({ level: 15 })];
  const [one, other] = [
    await through("encode", bytes, fast),
    await through("encode", bytes, small),
  ];
  ok(one.length < bytes.length / 2 && other.length < one.length);
  ok((await through("decode", other, fast)).toHex() === bytes.toHex());
});

Deno.test("zstdCodec finds every flipped bit of an artifact", async () => {
  const encoded = await through("encode", rows(40));
  for (let bit = 0; bit < encoded.length * 8; bit++) {
    const flipped = encoded.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await rejects(through("decode", flipped), corrupt, `bit ${bit}`);
  }
});

Deno.test("zstdCodec refuses frames that are missing, twice or in another order", async () => {
  const bytes = new Uint8Array(3 << 20).map((_, at) => at >> 20);
  const encoded = await through("encode", bytes);
  const size = encoded.subarray(encoded.length - seekTable(Array(3).fill({})).length);
  const frame = new DataView(size.buffer, size.byteOffset).getUint32(8, true);
  const [one, two, rest] = [
    encoded.subarray(0, frame),
    encoded.subarray(frame, 2 * frame),
    encoded.subarray(2 * frame),
  ];
  ok((await through("decode", new Uint8Array([...one, ...two, ...rest]))).length === 3 << 20);
  for (const parts of [[two, rest], [one, one, two, rest], [two, one, rest]]) {
    await rejects(through("decode", new Uint8Array(parts.flatMap((part) => [...part]))), corrupt);
  }
});

Deno.test("zstdCodec refuses hostile frames before they cost memory", async () => {
  const checksum = { [constants.ZSTD_c_checksumFlag]: 1 };
  const bomb = zstdCompressSync(new Uint8Array(64 << 20), { params: checksum });
  await rejects(through("decode", bomb), corrupt);
  // A window of 2 GiB, and a content of 16 EiB, as the headers claim.
  const frame = [0x28, 0xb5, 0x2f, 0xfd];
  await rejects(through("decode", new Uint8Array([...frame, 0x04, 0xa8, 1, 0, 0, 0])), corrupt);
  const claims = new Uint8Array([...frame, 0xe4, ...Array(8).fill(255), 1, 0, 0, 1, 2, 3, 4]);
  await rejects(through("decode", claims), corrupt);
  let taken = 0;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    // Blocks of one byte each that never end.
    start: (controller) => controller.enqueue(new Uint8Array([...frame, 0x04, 0x50])),
    pull(controller): void {
      controller.enqueue(new Uint8Array(400_000).fill(8));
      taken += 400_000;
    },
  });
  const step = await zstdCodec().decode(signal);
  await rejects(new Response(endless.pipeThrough(step)).bytes(), corrupt);
  ok(taken < 16 << 20, `${taken} bytes were taken`);
});

Deno.test("zstdCodec refuses other zstd files, which zstd -d reads", async () => {
  await rejects(through("decode", zstdCompressSync(rows(10))), corrupt);
});
