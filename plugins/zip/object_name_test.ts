import { equal } from "node:assert/strict";
import fc from "fast-check";
import { fileOfKey, isOwnArchive, keyOfFile } from "./object_name.ts";

Deno.test("fileOfKey leaves archives as they are and wraps the rest", () => {
  equal(fileOfKey("app-1/2026-01-02_09-15-00.zip"), "app-1/2026-01-02_09-15-00.zip");
  equal(fileOfKey("app-1/2026-01-02_09-15-00.db"), "app-1/2026-01-02_09-15-00.db.zip");
  equal(fileOfKey("app-1/2026-01-02_09-15-00.zip.json"), "app-1/2026-01-02_09-15-00.zip.json.zip");
  equal(fileOfKey("a"), "a%.zip");
  equal(isOwnArchive("a.zip"), true);
  equal(isOwnArchive("a.b.zip"), false);
});

Deno.test("keyOfFile undoes fileOfKey, and no two keys share a file", () => {
  const part = fc.oneof(
    fc.constantFrom("a", "a.zip", "a%", "a%.zip", "a.db", "a.db.zip", "a.zip.zip", "%", ".zip"),
    fc.stringMatching(/^[a.%zip]{1,9}$/),
  );
  const key = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join("/"));
  fc.assert(fc.property(key, (key) => equal(keyOfFile(fileOfKey(key)), key)), { numRuns: 2_000 });
});

Deno.test("keyOfFile knows no foreign files", () => {
  for (const file of ["note.txt", ".unfinished-1", ".zip", "a/.zip", "a%b.zip"]) {
    equal(keyOfFile(file), undefined, file);
  }
});
