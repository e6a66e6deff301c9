/**
 * The promises of a format, each a check with a name.
 *
 * @module
 */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { bytesBody } from "./body.ts";
import type { Check } from "./checks/check.ts";
import { collected, rowBytes } from "./checks/codec_bench.ts";
import { equalBytes, randomBytes } from "./checks/target_bench.ts";
import type { Format, PackedFile, UnpackedFile } from "./format.ts";

/** How to make a format. */
export interface FormatHarness {
  /** The format. */
  make(): Format | Promise<Format>;
  /** A folder for what the checks unpack; what they write there is removed. */
  readonly scratch: string;
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** What one check works with. */
interface Bench {
  readonly format: Format;
  readonly signal: AbortSignal;
  /** Packs the files. */
  pack(files: readonly PackedFile[], facts?: Facts): Promise<Uint8Array<ArrayBuffer>>;
  /** Unpacks into a fresh folder and hands it over, then removes it. */
  unpack(
    artifact: Uint8Array<ArrayBuffer>,
    look: (files: readonly UnpackedFile[], into: string) => Promise<void>,
  ): Promise<void>;
}

type Facts = Readonly<Record<string, unknown>>;

/** A check of a format. */
function formatCheck(name: string, verify: (bench: Bench) => Promise<void>): Check<FormatHarness> {
  return {
    name,
    async run({ make, scratch, signal = new AbortController().signal }): Promise<void> {
      const format = await make();
      await verify({
        format,
        signal,
        pack: async (files, facts = {}) =>
          await collected(await format.pack(files, facts, { signal })),
        async unpack(artifact, look): Promise<void> {
          const into = await Deno.makeTempDir({ dir: scratch });
          try {
            await look(await format.unpack(bytesBody(artifact), into, { signal }), into);
          } finally {
            await Deno.remove(into, { recursive: true });
          }
        },
      });
    },
  };
}

/** A file to pack. */
function file(name: string, bytes: Uint8Array<ArrayBuffer>): PackedFile {
  return { name, body: bytesBody(bytes) };
}

/** Throws where a fact that was packed is missing or another; the format may add its own. */
function sameFacts(found: Facts, wanted: Facts): void {
  for (const [name, value] of Object.entries(wanted)) deepEqual(found[name], value, name);
}

/** Unpacks and compares; `undefined` where it is refused. */
async function unpacked(bench: Bench, artifact: Uint8Array<ArrayBuffer>, wanted: {
  readonly facts: Facts;
  readonly bytes: Uint8Array<ArrayBuffer>;
}): Promise<"refused" | "same"> {
  let looked = false;
  try {
    await bench.unpack(artifact, async (files) => {
      looked = true;
      equal(files.length, 1);
      equalBytes(await Deno.readFile(files[0]?.path ?? ""), wanted.bytes);
    });
    const { format, signal } = bench;
    sameFacts(await format.inspect(bytesBody(artifact), { signal }), wanted.facts);
    return "same";
  } catch (error) {
    if (looked && error instanceof Error && error.name === "AssertionError") throw error;
    return "refused";
  }
}

/** Every promise of a format. */
export const formatChecks: readonly Check<FormatHarness>[] = [
  formatCheck("unpack gives back the files that were packed", async ({ pack, unpack }) => {
    const contents = new Map([
      ["database.sqlite", rowBytes(3_000_001)],
      ["files/empty", new Uint8Array(0)],
      ["files/deep/er/grüße 日本.json", rowBytes(1000)],
      ["files/random", randomBytes(200_000)],
    ]);
    const artifact = await pack([...contents].map(([name, bytes]) => file(name, bytes)));
    await unpack(artifact, async (files, into) => {
      deepEqual(files.map(({ name }) => name).sort(), [...contents.keys()].sort());
      for (const { name, path, size } of files) {
        const wanted = contents.get(name) ?? new Uint8Array(0);
        equal(await Deno.realPath(path), await Deno.realPath(join(into, name)));
        equal(size, wanted.length);
        equalBytes(await Deno.readFile(path), wanted);
      }
    });
  }),

  formatCheck("inspect gives back the facts", async ({ format, pack, signal }) => {
    const facts = { version: 1, note: "grün", recordCount: { a: 1, b: null }, list: [1, "two"] };
    const artifact = await pack([file("database.sqlite", rowBytes(100))], facts);
    sameFacts(await format.inspect(bytesBody(artifact), { signal }), facts);
  }),

  formatCheck("check gives the SHA-256 of every file", async ({ format, pack, signal }) => {
    const bytes = rowBytes(100_000);
    const artifact = await pack([file("database.sqlite", bytes), file("files/a", bytes)]);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const found = await format.check(bytesBody(artifact), { signal });
    const wanted = (name: string) => ({ name, size: bytes.length, sha256 });
    deepEqual(found.toSorted((a, b) => a.name < b.name ? -1 : 1), [
      wanted("database.sqlite"),
      wanted("files/a"),
    ]);
  }),

  formatCheck("unpack writes only what is wanted", async ({ format, pack, signal }) => {
    const artifact = await pack([
      file("database.sqlite", rowBytes(9)),
      file("files/a", rowBytes(9)),
    ]);
    const into = await Deno.makeTempDir();
    try {
      const only = (name: string): boolean => name === "files/a";
      const files = await format.unpack(bytesBody(artifact), into, { signal, only });
      deepEqual(files.map(({ name }) => name), ["files/a"]);
      deepEqual([...Deno.readDirSync(into)].map(({ name }) => name), ["files"]);
    } finally {
      await Deno.remove(into, { recursive: true });
    }
  }),

  formatCheck("pack fails with a body that breaks or is short", async ({ format, signal }) => {
    const short = { ...bytesBody(new Uint8Array(5)), size: 10 };
    const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
      new ReadableStream({ pull: (controller) => controller.error(new RangeError("broke")) });
    for (const body of [short, { ...short, stream }]) {
      await rejects(async () => {
        await collected(await format.pack([{ name: "database.sqlite", body }], {}, { signal }));
      });
    }
  }),

  formatCheck("pack stops when it is aborted", async ({ format }) => {
    const signal = AbortSignal.abort(new RangeError("given up"));
    await rejects(async () => {
      const files = [file("database.sqlite", rowBytes(100_000))];
      await collected(await format.pack(files, {}, { signal }));
    }, RangeError);
  }),

  formatCheck("unpack refuses an artifact cut off anywhere", async (bench) => {
    const [bytes, facts] = [rowBytes(150), { version: 1 }];
    const artifact = await bench.pack([file("database.sqlite", bytes)], facts);
    for (let end = 0; end < artifact.length; end++) {
      const outcome = await unpacked(bench, artifact.slice(0, end), { facts, bytes });
      equal(outcome, "refused", `cut at ${end} of ${artifact.length}`);
    }
  }),

  formatCheck("unpack gives no other bytes for a flipped byte", async (bench) => {
    const [bytes, facts] = [rowBytes(150), { version: 1 }];
    const artifact = await bench.pack([file("database.sqlite", bytes)], facts);
    let harmless = 0;
    for (let at = 0; at < artifact.length; at++) {
      const flipped = artifact.slice();
      flipped[at] = (artifact[at] ?? 0) ^ (1 << at % 8);
      if (await unpacked(bench, flipped, { facts, bytes }) === "same") harmless++;
    }
    ok(harmless < artifact.length / 4, `${harmless} of ${artifact.length} flips were not noticed`);
  }),

  formatCheck("unpack refuses foreign input", async ({ format, unpack, signal }) => {
    for (const bytes of [new Uint8Array(0), rowBytes(5_000), randomBytes(100)]) {
      await rejects(unpack(bytes, async () => {}));
      await rejects(format.inspect(bytesBody(bytes), { signal }));
    }
  }),
];
