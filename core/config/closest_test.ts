import assert from "node:assert/strict";
import fc from "fast-check";
import { closest, editDistance } from "./closest.ts";

Deno.test("closest() finds the word that was meant", () => {
  const words = ["verify", "engine", "expectTables", "assertions", "maxSizeMB"];
  assert.equal(closest("verfy", words), "verify");
  assert.equal(closest("expecttable", words), "expectTables");
  assert.equal(closest("MAXSIZEMB", words), "maxSizeMB");
  assert.equal(closest("egnine", words), "engine");
});

Deno.test("closest() stays silent where nothing is near", () => {
  assert.equal(closest("colour", ["verify", "engine"]), undefined);
  assert.equal(closest("x", ["a", "b"]), undefined);
  assert.equal(closest("", ["a"]), undefined);
});

Deno.test("editDistance() counts a swap of neighbours once", () => {
  assert.equal(editDistance("form", "from"), 1);
  assert.equal(editDistance("", "abc"), 3);
});

Deno.test("editDistance() is symmetric and zero only for equal words", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(fc.property(word, word, (a, b) => {
    assert.equal(editDistance(a, b), editDistance(b, a));
    assert.equal(editDistance(a, b) === 0, a === b);
  }));
});
