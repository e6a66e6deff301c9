import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeLines, escapeText } from "./escape.ts";

Deno.test("escapeText() leaves what people write", () => {
  for (const text of ["app.db", "données", "データ", "👩‍🚀", "שלום", "a b'\"$", ""]) {
    assert.equal(escapeText(text), text);
  }
});

Deno.test("escapeText() writes out what a terminal would act on or hide", () => {
  const table: readonly (readonly [string, string])[] = [
    ["a\nb", "a\\nb"],
    ["\r\t\u0007", "\\r\\t\\x07"],
    ["\u001b[2J", "\\e[2J"],
    ["\u009b31m", "\\x9b31m"],
    ["\u202eevil", "\\u202eevil"],
    ["a\u2028b", "a\\u2028b"],
    ["\ud800", "\\ud800"],
    ["\u{e0041}", "\\u{e0041}"],
  ];
  for (const [text, shown] of table) assert.equal(escapeText(text), shown);
});

Deno.test("escapeText() never lets a control character through, and settles at once", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const shown = escapeText(text);
    assert.ok(!/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(shown));
    assert.equal(escapeText(shown), shown);
  }));
});

Deno.test("escapeLines() keeps line ends only", () => {
  assert.equal(escapeLines("a\r\nb\u001bc"), "a\nb\\ec");
});
