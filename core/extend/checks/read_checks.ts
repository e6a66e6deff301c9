/**
 * Checks of `get`, `stat`, `remove` and `quota`.
 *
 * @module
 */

import { equal, ok, rejects } from "node:assert/strict";
import type { Check } from "./check.ts";
import { equalBytes, randomBytes, targetCheck, type TargetHarness } from "./target_bench.ts";

/** The checks. */
export const readChecks: readonly Check<TargetHarness>[] = [
  targetCheck("get begins at the offset", async ({ key, put, get }) => {
    const bytes = randomBytes(200_000);
    await put(key("a.db"), bytes);
    for (const offset of [0, 1, 65_536, 199_999, 200_000]) {
      equalBytes(await get(key("a.db"), offset), bytes.subarray(offset));
    }
  }),

  targetCheck("get of a missing object is not_found", async ({ key, put, get }) => {
    await put(key("a.db"), randomBytes(10));
    for (const name of ["none.db", "a.db.json", "a", "no/such/folder/a.db"]) {
      await rejects(get(key(name)), { name: "TargetError", kind: "not_found" });
    }
  }),

  targetCheck("get can be left before its end", async ({ target, key, put, get, signal }) => {
    const bytes = randomBytes(300_000);
    await put(key("a.db"), bytes);
    const reader = (await target.get(key("a.db"), { signal })).getReader();
    await reader.read();
    await reader.cancel();
    equalBytes(await get(key("a.db")), bytes);
  }),

  targetCheck("stat tells the size", async ({ key, put, stat, settled }) => {
    await put(key("a.db"), randomBytes(12_345));
    const object = await settled(async () => {
      const found = await stat(key("a.db"));
      ok(found !== undefined, "stat does not know the object");
      return found;
    });
    equal(object.key, key("a.db"));
    equal(object.size, 12_345);
    if (object.modifiedAt !== undefined) {
      ok(object.modifiedAt.epochMilliseconds > 0, `modifiedAt is ${object.modifiedAt}`);
    }
  }),

  targetCheck("stat of a missing object is undefined", async ({ key, put, stat }) => {
    await put(key("folder/a.db"), randomBytes(10));
    for (const name of ["none.db", "folder", "folder/a", "no/such/folder/a.db"]) {
      equal(await stat(key(name)), undefined);
    }
  }),

  targetCheck("remove takes the object away", async ({ target, key, put, ...bench }) => {
    const { get, list, stat, signal, settled } = bench;
    for (const name of ["a", "a.db", "a.db.json"]) await put(key(name), randomBytes(10));
    await target.remove(key("a.db"), { signal });
    await settled(async () => {
      equal(await stat(key("a.db")), undefined);
      await rejects(get(key("a.db")), { name: "TargetError", kind: "not_found" });
      equal((await list(key(""))).length, 2, "something else went or stayed");
    });
  }),

  targetCheck("remove of a missing object is no error", async ({ target, key, put, signal }) => {
    await target.remove(key("none.db"), { signal });
    await target.remove(key("no/such/folder/a.db"), { signal });
    await put(key("a.db"), randomBytes(10));
    await target.remove(key("a.db"), { signal });
    await target.remove(key("a.db"), { signal });
  }),

  targetCheck("put after remove brings the object back", async ({ target, key, ...bench }) => {
    const { put, get, signal, settled } = bench;
    const bytes = randomBytes(100);
    await put(key("a.db"), randomBytes(50));
    await target.remove(key("a.db"), { signal });
    await put(key("a.db"), bytes);
    equalBytes(await settled(() => get(key("a.db"))), bytes);
  }),

  targetCheck("quota is sane where it is told", async ({ target, signal }) => {
    const quota = await target.quota?.({ signal }) ?? {};
    for (const bytes of [quota.total, quota.used, quota.free, quota.trash]) {
      ok(bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= 0), `found ${bytes}`);
    }
    ok((quota.free ?? 0) <= (quota.total ?? Infinity), "more is free than there is");
  }),
];
