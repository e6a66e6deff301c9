/**
 * What is in an archive, without unpacking it.
 *
 * @module
 */

import type { Body } from "../../core/extend/mod.ts";
import { type ArchiveEntry, describe } from "./archive_entry.ts";
import { damaged } from "./archive_error.ts";
import { type ArchiveMetadata, parseMetadata } from "./archive_metadata.ts";
import { type OpenArchive, openArchive, type ReadArchiveOptions } from "./open_archive.ts";
import { readSmallEntry } from "./read_entry.ts";

/** The facts of 100,000 files take 15 MB. */
const maxMetadataSize = 64 * 1024 * 1024;

/** What an archive holds. */
export interface ArchiveReport {
  /** The facts that were packed; `undefined` in an archive without them. */
  readonly metadata: ArchiveMetadata | undefined;
  /** Its files, without the facts. */
  readonly entries: readonly ArchiveEntry[];
  /** Whether a password is needed. */
  readonly encrypted: boolean;
}

/** An opened archive with its facts. */
export interface InspectedArchive extends OpenArchive {
  readonly facts: ArchiveMetadata | undefined;
}

/**
 * The facts and the list of files of an archive, looked over but not unpacked: the
 * list agrees with the facts, the names are harmless, the sizes are within the limits.
 *
 * Throws a `TargetError`: `corrupt` for damage, `invalid` for what may harm, `denied`
 * for a missing or wrong password.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 * import { inspectArchive, packArchive } from "@holdfast/holdfast/plugins/zip";
 *
 * const { signal } = new AbortController();
 * const note = bytesBody(new TextEncoder().encode("hello"));
 * const stream = packArchive([{ name: "files/note.txt", body: note }], {}, { signal });
 * const archive = bytesBody(await new Response(stream).bytes());
 * const { metadata, entries } = await inspectArchive(archive, { signal });
 * console.log(metadata?.fileCount, entries[0]?.name); // 1 files/note.txt
 * ```
 */
export async function inspectArchive(
  body: Body,
  options: ReadArchiveOptions,
): Promise<ArchiveReport> {
  return report(await openInspected(body, options));
}

/** Opens an archive, reads its facts and holds its list against them. */
export async function openInspected(
  body: Body,
  options: ReadArchiveOptions,
): Promise<InspectedArchive> {
  const archive = await openArchive(body, options);
  if (archive.metadata === undefined) return { ...archive, facts: undefined };
  const facts = parseMetadata(await readSmallEntry(archive.metadata, maxMetadataSize, options));
  checkListed(archive, facts);
  return { ...archive, facts };
}

/** What is told of an archive; `sha256` where it was read. */
export function report(
  { files, facts }: InspectedArchive,
  sha256: ReadonlyMap<string, string> = new Map(),
): ArchiveReport {
  const seals = new Map(Object.entries(facts?.entries ?? {}));
  return {
    metadata: facts,
    entries: files.map((file) => ({
      ...describe(file),
      sha256: sha256.get(file.filename) ?? seals.get(file.filename)?.sha256,
    })),
    encrypted: files.some((file) => file.encrypted),
  };
}

/** Refuses, as `corrupt`, an archive whose files are not those in its facts. */
function checkListed({ files }: OpenArchive, facts: ArchiveMetadata): void {
  const seals = new Map(Object.entries(facts.entries));
  for (const { filename, uncompressedSize } of files) {
    const seal = seals.get(filename);
    if (seal === undefined) throw damaged(`"${filename}" is not in the list of its files`);
    if (seal.size !== uncompressedSize) {
      throw damaged(`"${filename}" has ${uncompressedSize} bytes instead of ${seal.size}`);
    }
    seals.delete(filename);
  }
  const [missing] = seals.keys();
  if (missing !== undefined) throw damaged(`"${missing}" is missing`);
}
