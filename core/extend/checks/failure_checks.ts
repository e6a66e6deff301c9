/**
 * Checks of what stays when something goes wrong: the old object or none.
 *
 * @module
 */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Body, bytesBody } from "../body.ts";
import type { Check } from "./check.ts";
import {
  equalBytes,
  heldBody,
  randomBytes,
  type TargetBench,
  targetCheck,
  type TargetHarness,
} from "./target_bench.ts";

/** What an aborted call must throw. */
class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/** Throws where the target knows anything of the key. */
async function isAbsent({ get, stat, list }: TargetBench, key: string): Promise<void> {
  equal(await stat(key), undefined, "stat knows it");
  deepEqual(await list(key), [], "list knows it");
  await rejects(get(key), { name: "TargetError", kind: "not_found" }, "get gives it");
}

/** A body whose stream ends, or breaks, after the first bytes. */
function brokenBody(size: number, given: number, error?: Error): Body {
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      start(controller): void {
        controller.enqueue(randomBytes(given));
      },
      pull: (controller) => error === undefined ? controller.close() : controller.error(error),
    });
  return { size, stream, slice: (start, end) => brokenBody(end - start, given, error) };
}

/** Puts a body that stops half way, and aborts it there. */
async function abortedPut({ target, large }: TargetBench, key: string): Promise<void> {
  const abort = new AbortController();
  const held = heldBody(randomBytes(large));
  const putting = target.put(key, held.body, { signal: abort.signal });
  const outcome = rejects(putting, GivenUp);
  await Promise.race([held.halfTaken, outcome]);
  abort.abort(new GivenUp("given up"));
  await outcome;
}

/** The checks. */
export const failureChecks: readonly Check<TargetHarness>[] = [
  targetCheck("put shows nothing before it ended", async (bench) => {
    const { target, key, signal, get, large } = bench;
    const bytes = randomBytes(large);
    const held = heldBody(bytes);
    const putting = target.put(key("a.db"), held.body, { signal });
    await Promise.race([held.halfTaken, putting]);
    try {
      await isAbsent(bench, key("a.db"));
    } finally {
      held.release();
      await putting;
    }
    equalBytes(await bench.settled(() => get(key("a.db"))), bytes);
  }),

  targetCheck("put aborted leaves nothing", async (bench) => {
    const key = bench.key("a.db");
    await abortedPut(bench, key);
    await bench.settled(() => isAbsent(bench, key));
    await bench.put(key, randomBytes(10));
    await bench.settled(async () => equal((await bench.get(key)).length, 10));
  }),

  targetCheck("put aborted keeps the old object", async (bench) => {
    const key = bench.key("a.db");
    const old = randomBytes(100);
    await bench.put(key, old);
    await abortedPut(bench, key);
    equalBytes(await bench.get(key), old);
    equal((await bench.list(key)).length, 1);
  }),

  targetCheck("put refuses a body that is shorter than its size", async (bench) => {
    const key = bench.key("a.db");
    await rejects(bench.target.put(key, brokenBody(1000, 400), { signal: bench.signal }));
    await bench.settled(() => isAbsent(bench, key));
  }),

  targetCheck("put refuses a body that is longer than its size", async (bench) => {
    const key = bench.key("a.db");
    const body = { ...brokenBody(400, 1000), slice: () => brokenBody(400, 1000) };
    await rejects(bench.target.put(key, body, { signal: bench.signal }));
    await bench.settled(() => isAbsent(bench, key));
  }),

  targetCheck("put of a body that breaks keeps the old object", async (bench) => {
    const { target, key, signal } = bench;
    const old = randomBytes(100);
    await bench.put(key("a.db"), old);
    const broken = brokenBody(1_000_000, 400_000, new RangeError("the disk broke"));
    await rejects(target.put(key("a.db"), broken, { signal }));
    await rejects(target.put(key("b.db"), broken, { signal }));
    equalBytes(await bench.get(key("a.db")), old);
    await bench.settled(() => isAbsent(bench, key("b.db")));
  }),

  targetCheck("get aborted stops with the reason", async ({ target, key, put, large }) => {
    await put(key("a.db"), randomBytes(large));
    const abort = new AbortController();
    const stream = await target.get(key("a.db"), { signal: abort.signal });
    const reading = async (): Promise<void> => {
      for await (const _ of stream) abort.abort(new GivenUp("given up"));
    };
    await rejects(reading(), GivenUp);
  }),

  targetCheck("every verb stops at once when it is aborted before", async (bench) => {
    const { target, key, put } = bench;
    await put(key("a.db"), randomBytes(10));
    const signal = AbortSignal.abort(new GivenUp("given up"));
    await rejects(target.put(key("b.db"), bytesBody(randomBytes(10)), { signal }), GivenUp);
    await rejects(target.get(key("a.db"), { signal }), GivenUp);
    await rejects(target.stat(key("a.db"), { signal }), GivenUp);
    await rejects(Array.fromAsync(target.list(key(""), { signal })), GivenUp);
    await rejects(target.remove(key("a.db"), { signal }), GivenUp);
    equal((await bench.get(key("a.db"))).length, 10);
    await bench.settled(() => isAbsent(bench, key("b.db")));
  }),
];
