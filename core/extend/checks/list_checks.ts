/**
 * Checks of `list`.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { Check } from "./check.ts";
import { randomBytes, targetCheck, type TargetHarness } from "./target_bench.ts";

/** The checks. */
export const listChecks: readonly Check<TargetHarness>[] = [
  targetCheck("list of nothing is empty", async ({ key, list }) => {
    deepEqual(await list(key("")), []);
  }),

  targetCheck("list tells every object once, with its size", async (bench) => {
    const { key, put, list, settled } = bench;
    const names = Array.from({ length: 25 }, (_, at) => `db-${at % 3}/${at}.db`);
    for (const [at, name] of names.entries()) await put(key(name), randomBytes(at));
    await settled(async () => {
      const found = (await list(key(""))).map((object) => [object.key, object.size]);
      const wanted = names.map((name, at) => [key(name), at]);
      deepEqual(found.sort(), wanted.sort());
    });
  }),

  targetCheck("list goes by prefix, not by folder", async ({ key, put, list, settled }) => {
    const names = ["db-1/a.db", "db-1/a.db.json", "db-10/a.db", "db-2/a.db", "d"];
    for (const name of names) await put(key(name), randomBytes(1));
    const wanted: readonly (readonly [string, readonly string[]])[] = [
      ["db-1", ["db-1/a.db", "db-1/a.db.json", "db-10/a.db"]],
      ["db-1/", ["db-1/a.db", "db-1/a.db.json"]],
      ["db-1/a.db.", ["db-1/a.db.json"]],
      ["db-1/a.db.json", ["db-1/a.db.json"]],
      ["db-3", []],
      ["no/such", []],
      ["d", ["d", "db-1/a.db", "db-1/a.db.json", "db-10/a.db", "db-2/a.db"]],
    ];
    for (const [prefix, keys] of wanted) {
      await settled(async () => {
        const found = (await list(key(prefix))).map((object) => object.key);
        deepEqual(found.sort(), keys.map((name) => key(name)).sort(), `prefix "${prefix}"`);
      });
    }
  }),

  targetCheck("list of everything has what was put", async ({ key, put, list, settled }) => {
    await put(key("a.db"), randomBytes(1));
    await settled(async () => {
      const found = (await list("")).filter((object) => object.key === key("a.db"));
      equal(found.length, 1);
    });
  }),

  targetCheck("list can be left before its end", async ({ target, key, put, signal, settled }) => {
    for (let at = 0; at < 3; at++) await put(key(`${at}.db`), randomBytes(1));
    await settled(async () => {
      let seen = 0;
      for await (const object of target.list(key(""), { signal })) {
        ok(object.key.startsWith(key("")));
        seen++;
        break;
      }
      equal(seen, 1);
    });
  }),
];
