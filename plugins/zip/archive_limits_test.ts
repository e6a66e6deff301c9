import { doesNotThrow, equal, throws } from "node:assert/strict";
import { TargetError } from "../../core/extend/mod.ts";
import { checkLimits, defaultLimits, type SizedEntry } from "./archive_limits.ts";

const MiB = 1024 * 1024;

/** Expects a refusal. */
function refuses(entries: readonly SizedEntry[], limits = defaultLimits): void {
  throws(() => checkLimits(entries, limits), (error) => {
    equal(error instanceof TargetError && error.kind, "invalid");
    return true;
  });
}

Deno.test("checkLimits takes what ordinary databases are", () => {
  doesNotThrow(() =>
    checkLimits([
      { name: "database.sqlite", size: 100_000 * MiB, packedSize: 2_000 * MiB },
      { name: "files/zeros", size: 100 * MiB, packedSize: 100_000 },
      { name: "files/empty", size: 0, packedSize: 0 },
    ], defaultLimits)
  );
});

Deno.test("checkLimits refuses by ratio, by sum and by number", () => {
  refuses([{ name: "a", size: 1024 * MiB, packedSize: MiB }]);
  const half = { size: 2 ** 39, packedSize: 2 ** 38 };
  refuses([{ name: "a", ...half }, { name: "b", ...half }, { name: "c", size: 1, packedSize: 1 }]);
  const files = ["a", "b"].map((name) => ({ name, size: 0, packedSize: 0 }));
  refuses(files, { ...defaultLimits, maxEntries: 1 });
});
