import { equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import * as v from "valibot";
import {
  fileSchema,
  hashOf,
  isObject,
  isOriginal,
  keyOf,
  newPropertiesOf,
  property,
} from "./drive_file.ts";

/** A file that carries a key. */
function fileOf(key: string) {
  const identity = { key, id: "id-1", folderId: "folder-1", sha256: "a".repeat(64) };
  return v.parse(fileSchema, {
    id: "id-1",
    name: "renamed by a person",
    appProperties: newPropertiesOf(identity),
  });
}

Deno.test("keyOf gives back any key, within Google's bounds", () => {
  const part = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const key = parts.join("/");
      const file = fileOf(key);
      equal(keyOf(file), key);
      const entries = Object.entries(file.appProperties);
      ok(entries.length <= 30);
      for (const [name, value] of entries) {
        ok(new TextEncoder().encode(name + value).length <= 124);
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("propertiesOf refuses a key that does not fit", () => {
  equal(keyOf(fileOf("k".repeat(2_000)))?.length, 2_000);
  throws(() => fileOf("k".repeat(2_500)), { kind: "invalid" });
});

Deno.test("keyOf refuses a key that lost a piece", () => {
  const file = fileOf("k".repeat(150));
  const { [`${property.part}01`]: _, ...appProperties } = file.appProperties;
  equal(keyOf({ ...file, appProperties }), undefined);
  equal(hashOf("a").length, 64);
});

Deno.test("isObject tells a copy, another folder and the bin", () => {
  const file = fileOf("db-1/a.db");
  ok(isOriginal(file) && isObject(file, "folder-1"));
  ok(!isObject(file, "folder-2"));
  ok(!isObject({ ...file, trashed: true }, "folder-1"));
  ok(!isObject({ ...file, id: "id-2" }, "folder-1"));
});
