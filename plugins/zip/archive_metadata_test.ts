import { deepEqual, equal, throws } from "node:assert/strict";
import { TargetError } from "../../core/extend/mod.ts";
import { archiveMetadata, parseMetadata } from "./archive_metadata.ts";

const choices = {
  compressionLevel: 6,
  includeFiles: true,
  includeDatabase: true,
  includeMetadata: true,
};
const sha256 = "ab".repeat(32);
const seals = new Map([
  ["database.sqlite", { size: 10, sha256 }],
  ["files/__proto__", { size: 5, sha256: "cd".repeat(32) }],
]);

Deno.test("parseMetadata reads what archiveMetadata made, odd names too", () => {
  const metadata = archiveMetadata({ appVersion: "1", extra: [1] }, choices, seals);
  deepEqual(parseMetadata(JSON.stringify(metadata)), metadata);
  equal(metadata.totalFileSize, 15);
  equal(metadata.checksum, sha256);
  equal(metadata.createdAt, null);
});

Deno.test("archiveMetadata keeps the host from contradicting what was packed", () => {
  const facts = { fileCount: 99, entries: {}, checksum: "x", version: 7, recordCount: { a: "no" } };
  const metadata = archiveMetadata(facts, choices, seals);
  equal(metadata.fileCount, 2);
  equal(metadata.version, 1);
  deepEqual(metadata.recordCount, {});
});

Deno.test("parseMetadata refuses facts that are none of ours", () => {
  const good = archiveMetadata({}, choices, seals);
  const bad = [
    "",
    "[]",
    "null",
    "{}",
    JSON.stringify({ ...good, version: 2 }),
    JSON.stringify({ ...good, entries: [] }),
    JSON.stringify({ ...good, entries: { a: { size: -1, sha256 } } }),
    JSON.stringify({ ...good, entries: { a: { size: 1, sha256: "zz" } } }),
    JSON.stringify({ ...good, fileCount: 3 }),
    JSON.stringify({ ...good, totalFileSize: 14 }),
    JSON.stringify({ ...good, checksum: "cd".repeat(32) }),
  ];
  for (const json of bad) {
    throws(
      () => parseMetadata(json),
      (error) => error instanceof TargetError && error.kind === "corrupt",
      json,
    );
  }
});
