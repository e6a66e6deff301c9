import assert from "node:assert/strict";
import { nearestWord } from "./nearest_word.ts";

Deno.test("nearestWord finds what was meant, or nothing", () => {
  const known = ["keepDaily", "keepWeekly", "maxCount"];
  assert.equal(nearestWord("keepDialy", known), "keepDaily");
  assert.equal(nearestWord("maxcount", known), "maxCount");
  assert.equal(nearestWord("colour", known), undefined);
});
