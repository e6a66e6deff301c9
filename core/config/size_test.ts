import assert from "node:assert/strict";
import { parseSize } from "./size.ts";

Deno.test("parseSize() reads decimal and binary units", () => {
  const table: readonly (readonly [string, number])[] = [
    ["0", 0],
    ["17", 17],
    ["17B", 17],
    ["500MB", 500_000_000],
    ["1.5 KB", 1_500],
    ["20gb", 20_000_000_000],
    ["1GiB", 1_073_741_824],
  ];
  for (const [text, bytes] of table) assert.equal(parseSize(text), bytes, text);
});

Deno.test("parseSize() refuses what is no size", () => {
  for (const text of ["", "GB", "-1MB", "1PB", "1e9", "1 000", "1IB", "999999999999999TB"]) {
    assert.equal(parseSize(text), undefined, text);
  }
});
