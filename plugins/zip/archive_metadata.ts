/**
 * The facts that travel in an archive, as `backup-metadata.json`.
 *
 * @module
 */

import { damaged } from "./archive_error.ts";
import { databaseEntry } from "./archive_name.ts";

/** What is known of one file of an archive. */
export interface EntrySeal {
  /** Plain bytes. */
  readonly size: number;
  /** SHA-256 of them, lower-case hex. */
  readonly sha256: string;
}

/** The facts in an archive. What the one who packed it adds beyond these is kept. */
export interface ArchiveMetadata {
  /** The version of this layout: 1. */
  readonly version: number;
  /** When the backup was taken (ISO 8601, UTC). */
  readonly createdAt: string | null;
  /** The version of the application that the database belongs to. */
  readonly appVersion: string | null;
  /** The database's own version, its `user_version`. */
  readonly databaseVersion: string | number | null;
  /** Files in the archive, with the database, without these facts. */
  readonly fileCount: number;
  /** Plain bytes of those files. */
  readonly totalFileSize: number;
  /** Rows of each table; `null` where a table could not be read. */
  readonly recordCount: Readonly<Record<string, number | null>>;
  /** SHA-256 of the database, lower-case hex; `null` where none is in it. */
  readonly checksum: string | null;
  /** 0 (stored) to 9. */
  readonly compressionLevel: number;
  /** Whether included files were packed. */
  readonly includeFiles: boolean;
  /** Whether the database was packed. */
  readonly includeDatabase: boolean;
  /** Whether these facts were packed. */
  readonly includeMetadata: boolean;
  /** Every file by its name. */
  readonly entries: Readonly<Record<string, EntrySeal>>;
  /** What the one who packed it adds. */
  readonly [fact: string]: unknown;
}

/** What was chosen for an archive. */
export interface PackChoices {
  readonly compressionLevel: number;
  readonly includeFiles: boolean;
  readonly includeDatabase: boolean;
  readonly includeMetadata: boolean;
}

/** The facts of an archive from what the host knows and what was packed. */
export function archiveMetadata(
  facts: Readonly<Record<string, unknown>>,
  choices: PackChoices,
  seals: ReadonlyMap<string, EntrySeal>,
): ArchiveMetadata {
  let totalFileSize = 0;
  for (const { size } of seals.values()) totalFileSize += size;
  return {
    ...facts,
    version: 1,
    createdAt: text(facts.createdAt),
    appVersion: text(facts.appVersion),
    databaseVersion: typeof facts.databaseVersion === "number"
      ? facts.databaseVersion
      : text(facts.databaseVersion),
    fileCount: seals.size,
    totalFileSize,
    recordCount: isRecord(facts.recordCount) ? counts(facts.recordCount) : {},
    checksum: seals.get(databaseEntry)?.sha256 ?? null,
    ...choices,
    entries: Object.fromEntries(seals),
  };
}

/** Reads the facts of an archive. Throws `corrupt` where they are none of ours. */
export function parseMetadata(json: string): ArchiveMetadata {
  const facts = parseObject(json);
  if (facts.version !== 1) {
    throw damaged(`its facts have the version ${JSON.stringify(facts.version)}, known is 1`);
  }
  if (!isRecord(facts.entries)) throw damaged("its facts do not list its files");
  const seals = new Map<string, EntrySeal>();
  for (const [name, seal] of Object.entries(facts.entries)) seals.set(name, parseSeal(name, seal));
  const metadata = archiveMetadata(facts, {
    compressionLevel: typeof facts.compressionLevel === "number" ? facts.compressionLevel : 6,
    includeFiles: facts.includeFiles !== false,
    includeDatabase: facts.includeDatabase !== false,
    includeMetadata: true,
  }, seals);
  for (const fact of ["fileCount", "totalFileSize", "checksum"] as const) {
    if (facts[fact] !== metadata[fact]) throw damaged(`its facts disagree on ${fact}`);
  }
  return metadata;
}

/** The JSON as an object. */
function parseObject(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw damaged("its facts are no JSON", cause);
  }
  if (!isRecord(value)) throw damaged("its facts are no JSON object");
  return value;
}

/** What the facts say of one file. */
function parseSeal(name: string, seal: unknown): EntrySeal {
  if (isRecord(seal)) {
    const { size, sha256 } = seal;
    if (
      typeof size === "number" && Number.isSafeInteger(size) && size >= 0 &&
      typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)
    ) return { size, sha256 };
  }
  throw damaged(`its facts say nothing sound of "${name}"`);
}

/** Whether a value is an object with keys. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text, else `null`. */
function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Those values that are row counts. */
function counts(value: Readonly<Record<string, unknown>>): Record<string, number | null> {
  const kept = Object.entries(value).filter((pair): pair is [string, number | null] =>
    pair[1] === null || typeof pair[1] === "number"
  );
  return Object.fromEntries(kept);
}
