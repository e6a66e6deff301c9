import assert from "node:assert/strict";
import { sparkline } from "./sparkline.ts";

Deno.test("sparkline draws from the lowest to the highest, and fits", () => {
  assert.equal(sparkline([], 10), "");
  assert.equal(sparkline([5], 10), "▄");
  assert.equal(sparkline([0, 50, 100], 10), "▁▅█");
  assert.equal(sparkline(Array.from({ length: 500 }, (_, i) => i), 8).length, 8);
  assert.equal(sparkline([7, 7, 7], 2), "▄▄");
});
