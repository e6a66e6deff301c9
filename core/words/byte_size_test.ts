import assert from "node:assert/strict";
import fc from "fast-check";
import { formatByteSize, parseByteSize, readByteSize } from "./byte_size.ts";
import { HoldfastError } from "../errors.ts";

for (
  const [text, bytes] of [
    ["0", 0],
    ["1048576", 1_048_576],
    ["12 B", 12],
    ["500MB", 500_000_000],
    ["500 mb", 500_000_000],
    ["500M", 500_000_000],
    ["1.5 GiB", 1_610_612_736],
    ["64KiB", 65_536],
    ["2Ti", 2_199_023_255_552],
    ["0.1kB", 100],
  ] as const
) {
  Deno.test(`parseByteSize reads ${JSON.stringify(text)}`, () => {
    assert.equal(parseByteSize(text), bytes);
  });
}

for (
  const text of ["", "MB", "-1", "1e9", "1,5 GB", "1 iB", "5 bytes", "9007199254740993", "1EB"]
) {
  Deno.test(`parseByteSize refuses ${JSON.stringify(text)}`, () => {
    assert.equal(readByteSize(text), undefined);
    assert.throws(
      () => parseByteSize(text),
      (error) => error instanceof HoldfastError && error.code === "USAGE",
    );
  });
}

for (
  const [bytes, text] of [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9_200_000, "9.2 MB"],
    [73_100_000, "73.1 MB"],
    [99_960_000, "100 MB"],
    [140_400_000, "140 MB"],
    [999_400, "999 kB"],
    [999_600, "1.0 MB"],
    [15e9, "15.0 GB"],
    [-1500, "−1.5 kB"],
    [4e18, "4000 PB"],
  ] as const
) {
  Deno.test(`formatByteSize writes ${bytes} as ${text}`, () => {
    assert.equal(formatByteSize(bytes), text);
  });
}

Deno.test("formatByteSize is read back within its rounding", () => {
  fc.assert(fc.property(fc.nat(1e15), (bytes) => {
    const back = parseByteSize(formatByteSize(bytes));
    assert.ok(Math.abs(back - bytes) <= bytes * 0.051, `${bytes} → ${back}`);
  }));
});
