import { equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { keyPart, portableName } from "./portable_name.ts";

Deno.test("portableName keeps the names that we give", () => {
  for (const name of ["2026-01-03_14-30-00.db.zst.age", "app-1f2e", "Grüße 日本"]) {
    equal(portableName(name), name);
  }
});

Deno.test("portableName escapes what FAT and Windows refuse", () => {
  equal(portableName("a:b?"), "a%3Ab%3F");
  equal(portableName(".holdfast-target.json"), "%2Eholdfast-target.json");
  equal(portableName("con"), "%63on");
  equal(portableName("COM1.db"), "%43OM1.db");
  equal(portableName("console"), "console");
  equal(portableName("end."), "end%2E");
});

Deno.test("portableName and keyPart go there and back for any part", () => {
  const part = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.stringMatching(/^[.a-c:%*? ]{1,8}$/),
    fc.constantFrom("aux", "nul.txt", "%", "%2e", ". ", "..."),
  ).filter((one) => !one.includes("/") && one.isWellFormed());
  fc.assert(fc.property(part, (one) => {
    const name = portableName(one);
    equal(keyPart(name), one);
    // deno-lint-ignore no-control-regex -- control characters are what is looked for
    match(name, /^[^.<>:"/\\|?*\u0000-\u001f][^<>:"/\\|?*\u0000-\u001f]*$/);
    ok(!/[. ]$/.test(name));
  }));
});

Deno.test("keyPart knows files that are none of ours", () => {
  for (const name of [".unfinished-1", "a%2e", "a%zz", "a?b", "a%61"]) {
    equal(keyPart(name), undefined, name);
  }
});
