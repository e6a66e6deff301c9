/**
 * The promises of a codec, each a check with a name.
 *
 * @module
 */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Codec } from "./codec.ts";
import type { Check } from "./checks/check.ts";
import {
  type CodecHarness,
  collected,
  inChunks,
  refusal,
  rowBytes,
  through,
} from "./checks/codec_bench.ts";
import { equalBytes, randomBytes } from "./checks/target_bench.ts";
import { sleep } from "./sleep.ts";

/** The largest chunk that may come out: memory is flat whatever the size. */
const largestChunk = 8 * 1024 * 1024;

/** How an input that is not what was encoded may be refused. */
const refusals: readonly (string | undefined)[] = ["corrupt", "denied"];

/** What one check works with. */
interface Bench {
  readonly codec: Codec;
  readonly signal: AbortSignal;
  /** Encodes bytes. */
  encode(bytes: Uint8Array<ArrayBuffer>, chunk?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Decodes bytes. */
  decode(bytes: Uint8Array<ArrayBuffer>, chunk?: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A check of a codec. */
function codecCheck(name: string, verify: (bench: Bench) => Promise<void>): Check<CodecHarness> {
  return {
    name,
    async run({ make, signal = new AbortController().signal }): Promise<void> {
      const codec = await make();
      await verify({
        codec,
        signal,
        encode: (bytes, chunk) => through(codec.encode(signal), bytes, chunk),
        decode: (bytes, chunk) => through(codec.decode(signal), bytes, chunk),
      });
    },
  };
}

/** A stream of zeros that tells how many were taken. */
function zeros(size: number, onTaken: (bytes: number) => void) {
  let taken = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      controller.enqueue(new Uint8Array(65_536));
      onTaken(taken += 65_536);
      if (taken >= size) controller.close();
    },
  }, { highWaterMark: 0 });
}

/** Every promise of a codec. */
export const codecChecks: readonly Check<CodecHarness>[] = [
  codecCheck("decode gives back what was encoded, whatever its size", async (bench) => {
    const mib = 1024 * 1024;
    for (const size of [0, 1, 100, 65_535, 65_536, 65_537, mib, mib + 1, 4 * mib, 5 * mib + 3]) {
      const bytes = size > mib ? rowBytes(size) : randomBytes(size);
      equalBytes(await bench.decode(await bench.encode(bytes)), bytes);
    }
  }),

  codecCheck("encode and decode take chunks of any size", async ({ encode, decode }) => {
    const bytes = rowBytes(70_001);
    const encoded = await encode(bytes, 13);
    for (const chunk of [1, 7, 4096, 10_000_000]) equalBytes(await decode(encoded, chunk), bytes);
  }),

  codecCheck("encode begins with the magic bytes", async ({ codec, encode }) => {
    const { magic = new Uint8Array(0) } = codec;
    if (codec.encrypts) ok(magic.length > 0, "a codec that encrypts has magic bytes");
    for (const size of [0, 1, 100_000]) {
      deepEqual((await encode(rowBytes(size))).slice(0, magic.length), magic);
    }
  }),

  codecCheck("encode of a codec that encrypts hides the bytes", async ({ codec, encode }) => {
    if (!codec.encrypts) return;
    const bytes = new TextEncoder().encode("SQLite format 3\0".repeat(4));
    const [one, other] = [await encode(bytes), await encode(bytes)];
    ok(!new TextDecoder("latin1").decode(one).includes("SQLite format 3"), "found the plain text");
    ok(one.toHex() !== other.toHex(), "the same output twice");
  }),

  codecCheck("decode refuses an input cut off anywhere", async ({ codec, encode, signal }) => {
    const small = await encode(rowBytes(150));
    for (let end = 0; end < small.length; end++) {
      const kind = await refusal(codec, small.slice(0, end), signal);
      ok(refusals.includes(kind), `cut at ${end} of ${small.length}: ${kind}`);
    }
    const large = await encode(randomBytes(3 * 1024 * 1024));
    for (const part of [0.1, 0.33, 0.5, 0.9, 1]) {
      const kind = await refusal(codec, large.slice(0, Math.ceil(large.length * part) - 1), signal);
      ok(refusals.includes(kind), `cut at ${part}: ${kind}`);
    }
  }),

  codecCheck("decode refuses an input with a flipped byte", async ({ codec, encode, signal }) => {
    const encoded = await encode(rowBytes(150));
    for (let at = 0; at < encoded.length; at++) {
      const flipped = encoded.slice();
      flipped[at] = (encoded[at] ?? 0) ^ (1 << at % 8);
      const kind = await refusal(codec, flipped, signal);
      ok(refusals.includes(kind), `byte ${at} of ${encoded.length}: ${kind}`);
    }
  }),

  codecCheck("decode refuses bytes after the end", async ({ codec, encode, signal }) => {
    const encoded = await encode(rowBytes(150));
    for (const extra of [new Uint8Array(1), encoded]) {
      const kind = await refusal(codec, new Uint8Array([...encoded, ...extra]), signal);
      ok(refusals.includes(kind), `${extra.length} more bytes: ${kind}`);
    }
  }),

  codecCheck("decode refuses foreign input", async ({ codec, signal }) => {
    const { magic = new Uint8Array(0) } = codec;
    const text = new TextEncoder().encode("SQLite format 3\0 and more of it");
    for (const bytes of [text, randomBytes(5_000), new Uint8Array(5_000)]) {
      for (const input of [bytes, new Uint8Array([...magic, ...bytes])]) {
        const kind = await refusal(codec, input, signal);
        ok(refusals.includes(kind), `${input.length} foreign bytes: ${kind}`);
      }
    }
  }),

  codecCheck("encode and decode give small chunks and wait for their reader", async (bench) => {
    const { codec, signal } = bench;
    let taken = 0;
    const source = zeros(64 * 1024 * 1024, (bytes) => taken = bytes);
    const plain = source.pipeThrough(await codec.encode(signal))
      .pipeThrough(await codec.decode(signal));
    const reader = plain.getReader();
    const first = await reader.read();
    await sleep(20, signal);
    ok(taken < 40 * 1024 * 1024, `${taken} bytes were taken for the first chunk`);
    let total = first.value?.length ?? 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      ok(next.value.length <= largestChunk, `a chunk of ${next.value.length} bytes`);
      total += next.value.length;
    }
    equal(total, 64 * 1024 * 1024);
  }),

  codecCheck("encode and decode stop when they are aborted", async ({ codec, encode }) => {
    const encoded = await encode(rowBytes(100_000));
    for (const direction of ["encode", "decode"] as const) {
      const signal = AbortSignal.abort(new RangeError("given up"));
      const aborted = async (): Promise<void> => {
        const step = await codec[direction](signal);
        await collected(inChunks(encoded).pipeThrough(step));
      };
      await rejects(aborted, RangeError);
    }
  }),

  codecCheck("a source that breaks breaks the output", async ({ codec, signal, encode }) => {
    const encoded = await encode(rowBytes(100_000));
    for (const direction of ["encode", "decode"] as const) {
      const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start: (controller) => controller.enqueue(encoded.slice(0, 100)),
        pull: (controller) => controller.error(new RangeError("broke")),
      });
      const step = await codec[direction](signal);
      await rejects(collected(source.pipeThrough(step)), RangeError);
    }
  }),
];
