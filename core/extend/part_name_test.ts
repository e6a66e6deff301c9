import { equal, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { keyOfPath, keyPath, partPath } from "./part_name.ts";

const part = fc.array(fc.constantFrom("a", ".part", "~", "."), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(""));
const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));

Deno.test("keyOfPath gives back every key", () => {
  fc.assert(fc.property(key, (name) => equal(keyOfPath(keyPath(name)), name)));
});

Deno.test("partPath is never the path of a key", () => {
  fc.assert(fc.property(key, key, (one, other) => {
    equal(keyOfPath(partPath(one)), undefined);
    notEqual(partPath(one), keyPath(other));
  }));
});

Deno.test("keyPath leaves ordinary names as they are", () => {
  equal(keyPath("shop-1a2b/2026-01-03_14-30-00.db.zst"), "shop-1a2b/2026-01-03_14-30-00.db.zst");
  equal(partPath("db/a.part"), "db/a.part~.part");
});
