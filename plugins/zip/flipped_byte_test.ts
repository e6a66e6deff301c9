import { deepEqual, equal } from "node:assert/strict";
import { bytesBody, TargetError } from "../../core/extend/mod.ts";
import type { PackArchiveOptions } from "./pack_archive.ts";
import { fieldsOf } from "./testing/archive_fields.ts";
import { packed, signal, textFile } from "./testing/archives.ts";
import { verifyArchive } from "./verify_archive.ts";

/**
 * Fields that carry nothing of a backup: an altered one changes no byte, name or
 * fact. The times are those of the entries; the backup's own time is in the facts.
 */
const harmless = new Set([
  "local: version needed",
  "local: flags",
  "local: time",
  "local: crc",
  "local: packed size",
  "local: size",
  "local: extra",
  "central: version made by",
  "central: version needed",
  "central: flags",
  "central: time",
  "central: extra",
  "central: disk",
  "central: internal attributes",
  "central: external attributes",
  "end: disk",
  "end: directory disk",
  "end: entries here",
  "end: comment length",
]);

/** With AES, the authentication code stands in for the CRC-32 (AE-2), and the method is in the extra field. */
const harmlessEncrypted = new Set([
  ...harmless,
  "local: method",
  "descriptor: crc",
  "central: crc",
]);

/** What a backup is made of. */
async function contentOf(
  bytes: Uint8Array<ArrayBuffer>,
  options: Partial<PackArchiveOptions>,
): Promise<unknown> {
  const { metadata, entries } = await verifyArchive(bytesBody(bytes), { signal, ...options });
  return { metadata, entries: entries.map(({ name, size, sha256 }) => ({ name, size, sha256 })) };
}

const variants: readonly (readonly [string, Partial<PackArchiveOptions>])[] = [
  ["deflated", {}],
  ["stored", { level: 0 }],
  ["encrypted", { password: "correct horse" }],
];
for (const [name, options] of variants) {
  Deno.test(`verifyArchive finds every flipped byte of a ${name} archive, or it is harmless`, async () => {
    const files = [textFile("database.sqlite", "rows ".repeat(9)), textFile("files/ü", "x")];
    const bytes = await packed(files, options);
    const fields = fieldsOf(bytes);
    equal(fields.length, bytes.length);
    const wanted = await contentOf(bytes, options);
    const unnoticed = new Set<string>();
    let padding = 0;
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      try {
        deepEqual(await contentOf(flipped, options), wanted);
        if (fields[at] === "data") padding++;
        else unnoticed.add(fields[at] ?? "");
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
      }
    }
    const known = options.password === undefined ? harmless : harmlessEncrypted;
    deepEqual([...unnoticed].filter((field) => !known.has(field)), []);
    // The padding of deflate, in the last byte of each of three streams: see below.
    equal(padding <= (options.level === 0 || options.password !== undefined ? 0 : 3), true);
  });
}

Deno.test("verifyArchive finds every flipped bit of a file, but for the padding of deflate", async () => {
  const bytes = await packed([textFile("database.sqlite", "rows ".repeat(9))]);
  const wanted = await contentOf(bytes, {});
  const fields = fieldsOf(bytes);
  let unnoticed = 0;
  for (let at = fields.indexOf("data"); fields[at] === "data"; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = bytes.slice();
      flipped[at] = (bytes[at] ?? 0) ^ (1 << bit);
      try {
        deepEqual(await contentOf(flipped, {}), wanted);
        unnoticed++;
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
      }
    }
  }
  // RFC 1951 §3.1: the last byte of the stream is filled up with bits that mean nothing.
  equal(unnoticed < 8, true, `${unnoticed} bits`);
});
