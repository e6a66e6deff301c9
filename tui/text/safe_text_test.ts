import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { safeText } from "./safe_text.ts";

/** Any code point, those that are trouble more often. */
const anything = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }),
  fc.integer({ min: 0, max: 0xff }),
  fc.integer({ min: 0x2000, max: 0x2070 }),
  fc.integer({ min: 0x1f1e0, max: 0x1f6ff }),
  fc.constantFrom(0x200d, 0xfe0f, 0x0301, 0xd800),
).map((code) => String.fromCodePoint(code));

Deno.test("safeText() leaves plain text alone", () => {
  equal(safeText("2026-01-03_14-30-00.db"), "2026-01-03_14-30-00.db");
  equal(safeText("Grüße, 東京, שלום"), "Grüße, 東京, שלום");
});

Deno.test("safeText() shows controls and drops escape sequences", () => {
  equal(safeText("a\nb\tc\x7f"), "a␊b␉c␡");
  equal(safeText("\x1b[31mred\x1b[0m \x1b]0;title\x07"), "red ");
  equal(safeText("evil\u202egnp.db"), "evil\\u202egnp.db");
  equal(safeText("a\u200bb\u2028c"), "a\\u200bb\\u2028c");
  equal(safeText("\ud800"), "\\ud800");
});

Deno.test("safeText() makes emoji plain whose width terminals disagree on", () => {
  equal(safeText("👩‍👩‍👧 ⚠️ 🇩🇪 👍🏽"), "👩 ⚠ DE 👍");
});

Deno.test("safeText() never lets a control or a turn of direction through", () => {
  fc.assert(fc.property(fc.string({ unit: anything }), (text) => {
    // deno-lint-ignore no-control-regex -- the test looks for them
    ok(!/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200d]/.test(safeText(text)));
  }));
});
