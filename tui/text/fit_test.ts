import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { cut, cutMiddle, left, right, widthOf, wrap } from "./fit.ts";
import { safeText } from "./safe_text.ts";

/** Any code point, those that are trouble more often. */
const anything = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }),
  fc.integer({ min: 0, max: 0xff }),
  fc.integer({ min: 0x2000, max: 0x2070 }),
  fc.integer({ min: 0x1f1e0, max: 0x1f6ff }),
  fc.constantFrom(0x200d, 0xfe0f, 0x0301, 0xd800),
).map((code) => String.fromCodePoint(code));

Deno.test("cut() cuts by grapheme and says so", () => {
  equal(cut("backup", 6), "backup");
  equal(cut("backup", 4), "bac…");
  equal(cut("東京都", 5), "東京…");
  equal(cut("東京都", 4), "東…");
  equal(cut("abc", 0), "");
});

Deno.test("cutMiddle() keeps the end of a path", () => {
  equal(cutMiddle("/home/ada/very/long/way/app.db", 16), "/home/…ay/app.db");
});

Deno.test("left() and right() fill exactly the width, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: anything }), fc.integer({ min: 0, max: 30 }), (text, width) => {
      const safe = safeText(text);
      equal(widthOf(left(safe, width)), width);
      equal(widthOf(right(safe, width)), width);
    }),
  );
});

Deno.test("wrap() breaks at spaces and never beyond the width", () => {
  deepEqual(wrap("free some room and try again", 12), ["free some", "room and try", "again"]);
  deepEqual(wrap("", 5), [""]);
});

Deno.test("wrap() gives long words whole, whatever the text", () => {
  deepEqual(wrap("Cannot write /home/ada/app.db now", 12), [
    "Cannot write",
    " /home/ada/a",
    "pp.db now",
  ]);
  fc.assert(
    fc.property(fc.string({ unit: anything }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const safe = safeText(text);
      const lines = wrap(safe, width);
      ok(lines.every((line) => widthOf(line) <= width), lines.join("|"));
      equal(lines.join("").replaceAll(" ", ""), safe.replaceAll(" ", ""));
    }),
  );
});
