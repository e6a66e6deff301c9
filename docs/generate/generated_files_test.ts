import assert from "node:assert/strict";
import { generatedFiles } from "./generated_files.ts";

for (const file of generatedFiles) {
  Deno.test(`generatedFiles: ${file.path} is what the code says (else run: deno task generate)`, async () => {
    const there = await Deno.readTextFile(new URL(`../../${file.path}`, import.meta.url));
    assert.equal(there, await file.content());
  });
}
