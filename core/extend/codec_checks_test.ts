import { deepEqual } from "node:assert/strict";
import { runChecks } from "./checks/check.ts";
import type { Codec } from "./codec.ts";
import { codecChecks } from "./codec_checks.ts";

Deno.test("codecChecks notice a codec that only copies", async () => {
  const copy: Codec = {
    suffix: ".copy",
    encode: () => Promise.resolve(new TransformStream()),
    decode: () => Promise.resolve(new TransformStream()),
  };
  const results = await runChecks(codecChecks, { make: () => copy });
  deepEqual(results.filter(({ outcome }) => outcome === "failed").map(({ name }) => name), [
    "decode refuses an input cut off anywhere",
    "decode refuses an input with a flipped byte",
    "decode refuses bytes after the end",
    "decode refuses foreign input",
    "encode and decode stop when they are aborted",
  ]);
});
