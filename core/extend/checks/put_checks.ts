/**
 * Checks of what `put` promises when all goes well.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { bytesBody } from "../body.ts";
import { TargetError } from "../target_error.ts";
import type { Check } from "./check.ts";
import { equalBytes, randomBytes, targetCheck, type TargetHarness } from "./target_bench.ts";

/** Names that are hard on paths, addresses, queries and XML; every part is at most 200 bytes. */
const oddNames: readonly string[] = [
  "with space and  two",
  "grüße-日本語-🗝",
  "e\u0301 decomposed",
  "100%41+plus&and=is;semi,comma",
  "question?hash#colon:star*pipe|",
  "quote'double\"less<greater>back\\slash",
  ".hidden",
  "~tilde@at!$(paren)[bracket]{brace}^`",
  "ends with dot.",
  "ends with space ",
  "con",
  "2026-01-03_14-30-00.db.zst.age",
  "deep/er/and/deeper.db",
  "a".repeat(200),
  "ü".repeat(100),
];

/** The checks. */
export const putChecks: readonly Check<TargetHarness>[] = [
  targetCheck("put keeps the bytes", async ({ key, put, get }) => {
    const bytes = randomBytes(100_000);
    await put(key("a.db"), bytes);
    equalBytes(await get(key("a.db")), bytes);
  }),

  targetCheck("put keeps an empty body", async ({ key, put, get, stat, settled }) => {
    await put(key("empty"), new Uint8Array(0));
    equal((await get(key("empty"))).length, 0);
    await settled(async () => equal((await stat(key("empty")))?.size, 0));
  }),

  targetCheck("put keeps a large body", async ({ key, put, get, large }) => {
    const bytes = randomBytes(large);
    await put(key("large.db"), bytes);
    equalBytes(await get(key("large.db")), bytes);
  }),

  targetCheck("put replaces the object", async ({ key, put, get, stat, settled }) => {
    const [long, short] = [randomBytes(50_000), randomBytes(300)];
    await put(key("a.db"), long);
    await put(key("a.db"), short);
    await settled(async () => equal((await stat(key("a.db")))?.size, short.length));
    equalBytes(await settled(() => get(key("a.db"))), short);
  }),

  targetCheck("put repeated leaves one object", async ({ key, put, list, settled }) => {
    const bytes = randomBytes(1_000);
    for (let round = 0; round < 3; round++) await put(key("a.db"), bytes);
    await settled(async () => {
      deepEqual((await list(key(""))).map((object) => object.key), [key("a.db")]);
    });
  }),

  targetCheck("put takes odd keys", async ({ key, put, get, list, settled }) => {
    const bodies = oddNames.map((name) => new TextEncoder().encode(name));
    for (const [at, name] of oddNames.entries()) {
      await put(key(name), bodies[at] ?? new Uint8Array(0));
    }
    for (const [at, name] of oddNames.entries()) {
      equalBytes(await get(key(name)), bodies[at] ?? new Uint8Array(0));
    }
    await settled(async () => {
      const wanted = oddNames.map((name) => key(name)).sort();
      deepEqual((await list(key(""))).map((object) => object.key).sort(), wanted);
    });
  }),

  targetCheck("put of different keys at the same time", async ({ key, put, get }) => {
    const bodies = Array.from({ length: 6 }, (_, at) => randomBytes(20_000 + at));
    await Promise.all(bodies.map((bytes, at) => put(key(`${at}.db`), bytes)));
    await Promise.all(
      bodies.map(async (bytes, at) => equalBytes(await get(key(`${at}.db`)), bytes)),
    );
  }),

  targetCheck("put tells its progress within the size", async ({ target, key, signal, large }) => {
    const body = bytesBody(randomBytes(large));
    const told: number[] = [];
    await target.put(key("a.db"), body, { signal, onProgress: (bytes) => told.push(bytes) });
    ok(told.every((bytes) => bytes >= 0 && bytes <= body.size), `told ${told.join(", ")}`);
  }),

  targetCheck("stat and list vouch for no wrong SHA-256", async (bench) => {
    const { target, key, signal, stat, list } = bench;
    const bytes = randomBytes(5_000);
    const right = createHash("sha256").update(bytes).digest("hex");
    await target.put(key("right"), bytesBody(bytes), { signal, sha256: right });
    const vouched = (await stat(key("right")))?.sha256;
    ok(vouched === undefined || vouched === right, `wanted ${right}, found ${vouched}`);
    const wrong = "0".repeat(64);
    try {
      await target.put(key("wrong"), bytesBody(bytes), { signal, sha256: wrong });
    } catch (error) {
      // A place that checks may refuse it: then there is nothing.
      if (!(error instanceof TargetError)) throw error;
      equal(await stat(key("wrong")), undefined);
    }
    notEqual((await stat(key("wrong")))?.sha256, wrong);
    for (const object of await list(key(""))) notEqual(object.sha256, wrong);
  }),
];
