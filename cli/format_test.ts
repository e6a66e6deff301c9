import assert from "node:assert/strict";
import { elapsedText, grouped, plural, typedPath, wallTime } from "./format.ts";

Deno.test("grouped() sets thousands apart", () => {
  const table = [[0, "0"], [999, "999"], [1000, "1,000"], [1234567, "1,234,567"]] as const;
  for (const [value, text] of table) assert.equal(grouped(value), text);
  assert.equal(plural(1, "file"), "1 file");
  assert.equal(plural(1200, "file"), "1,200 files");
});

Deno.test("wallTime() is the time of the person's zone", () => {
  assert.equal(wallTime("2026-01-02T23:30:00.500Z", "Europe/Berlin"), "2026-01-03 00:30:00");
});

Deno.test("wallTime() agrees with Temporal around every change of a clock", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]) {
    let at = Temporal.Instant.from("2025-01-01T00:00:00.250Z");
    for (let i = 0; i < 9_000; i++) {
      at = at.add({ minutes: 131 });
      const plain = at.toZonedDateTimeISO(zone).toPlainDateTime();
      const expected = plain.toString({ smallestUnit: "second" }).replace("T", " ");
      assert.equal(wallTime(at.toString(), zone), expected);
    }
  }
  const change = Temporal.Instant.from("2026-03-29T01:00:00Z");
  assert.equal(wallTime(change.toString(), "Europe/Berlin"), "2026-03-29 03:00:00");
  assert.equal(wallTime("2026-03-29T00:59:59Z", "Europe/Berlin"), "2026-03-29 01:59:59");
});

Deno.test("elapsedText() writes seconds, then minutes", () => {
  assert.equal(elapsedText(420), "0.4 s");
  assert.equal(elapsedText(72_000), "1 min 12 s");
});

Deno.test("typedPath() is what a shell takes", () => {
  const table: readonly (readonly [string, string])[] = [
    ["/data/app.db", "app.db"],
    ["/data/sub/app.db", "sub/app.db"],
    ["/other/app.db", "/other/app.db"],
    ["/data/-x", "./-x"],
    ["/data/two words.db", "'two words.db'"],
    ["/data/it's.db", `'it'\\''s.db'`],
  ];
  for (const [path, typed] of table) assert.equal(typedPath(path, "/data"), typed);
});
