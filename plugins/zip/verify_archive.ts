/**
 * Proves that an archive can be unpacked, without writing anything.
 *
 * @module
 */

import type { Body } from "../../core/extend/mod.ts";
import { ByteCounter } from "./byte_counter.ts";
import { type ArchiveReport, openInspected, report } from "./inspect_archive.ts";
import type { ReadArchiveOptions } from "./open_archive.ts";
import { readEntry } from "./read_entry.ts";

/**
 * Reads every byte of an archive and checks sizes, CRC-32, authentication codes and,
 * where its facts are in it, the SHA-256 of each file. The report has the SHA-256 of
 * every file. Throws as {@linkcode inspectArchive} does.
 */
export async function verifyArchive(
  body: Body,
  options: ReadArchiveOptions,
): Promise<ArchiveReport> {
  const archive = await openInspected(body, options);
  const counter = new ByteCounter(options.onProgress);
  const sha256 = new Map<string, string>();
  for (const file of archive.files) {
    const seal = archive.facts?.entries[file.filename];
    const onChunk = (chunk: Uint8Array): void => counter.add(chunk.length);
    sha256.set(file.filename, await readEntry(file, { ...options, seal, onChunk }));
  }
  counter.flush();
  return report(archive, sha256);
}
