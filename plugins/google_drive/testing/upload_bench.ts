/**
 * What the tests of uploads have in common: small pieces, and what the server has.
 *
 * @module
 */

import { deepEqual, equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import type { DriveBench, DriveBenchOptions } from "./drive_bench.ts";
import type { FakeFile } from "./fake_files.ts";

/** A piece is a multiple of this many bytes. */
export const unit: number = 256 * 1024;
/** An instance with the smallest pieces, for all that is larger than one. */
export const small: DriveBenchOptions = {
  settings: { chunkSizeKiB: 256 },
  runtime: { simpleLimit: unit },
};

/** The SHA-256 of bytes. */
export function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The objects at the server. */
export function objects({ fake }: DriveBench): readonly FakeFile[] {
  return [...fake.files.all.values()].filter(({ appProperties, trashed }) =>
    appProperties["holdfast"] === "file" && !trashed
  );
}

/** Throws where the server has anything but these bytes, once. */
export function hasOnce(bench: DriveBench, bytes: Uint8Array): void {
  const [file, ...others] = objects(bench);
  deepEqual(others, []);
  equal(file?.sha256, hash(bytes));
  deepEqual(bench.fake.violations, []);
}
