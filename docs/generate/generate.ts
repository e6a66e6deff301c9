/**
 * Writes the files that are made from the code: `deno task generate`.
 *
 * @module
 */

import { generatedFiles } from "./generated_files.ts";

for (const file of generatedFiles) {
  await Deno.writeTextFile(new URL(`../../${file.path}`, import.meta.url), await file.content());
}
