import assert from "node:assert/strict";
import { indented, wrapWords } from "./wrap_words.ts";

Deno.test("wrapWords() breaks at spaces only", () => {
  assert.deepEqual(wrapWords("free some room and try again", { room: 12 }), [
    "free some",
    "room and try",
    "again",
  ]);
  assert.deepEqual(wrapWords("free some", { room: 9 }), ["free some"]);
  assert.deepEqual(wrapWords("", { room: 5 }), [""]);
});

Deno.test("wrapWords() leaves a word whole that is longer than the room: a path can be copied", () => {
  assert.deepEqual(wrapWords("in /srv/data/app.db now", { room: 8 }), [
    "in",
    "/srv/data/app.db",
    "now",
  ]);
});

Deno.test("wrapWords() counts columns as it is told", () => {
  const width = (text: string): number => 2 * [...text].length;
  assert.deepEqual(wrapWords("デー タ", { room: 6, width }), ["デー", "タ"]);
});

Deno.test("indented() keeps every line under its indent, and is one line without a window", () => {
  assert.equal(indented("free some room", 4, { columns: 14 }), "    free some\n    room");
  assert.equal(indented("free some room", 2, {}), "  free some room");
});
