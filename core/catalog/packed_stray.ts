/**
 * What a packed backup that the catalog does not know says of itself.
 *
 * @module
 */

import type { BackupMetadata, BackupRecord } from "../artifact/backup_record.ts";
import { formatOf, type Formats } from "../artifact/formats.ts";
import { DATABASE_ENTRY } from "../artifact/packed_names.ts";
import { packedFacts } from "../artifact/unpack_file.ts";
import { HoldfastError } from "../errors.ts";
import { signalOf } from "../targets/target_work.ts";

/** What of a record an archive tells. */
export interface PackedStray
  extends Partial<Pick<BackupRecord, "createdAt" | "fileCount" | "sourceVersion">> {
  readonly metadata: BackupMetadata;
}

/** An archive is named after its moment: what tells of another one is not believed, in any zone. */
const HOURS_AROUND = 26;

/**
 * Reads the facts of an archive; nothing is unpacked. `undefined` for a plain database, and where
 * the facts cannot be read: it is damaged, or the password is not at hand.
 *
 * @param named The instant that its name tells, in the zone of here.
 */
export async function packedStray(
  path: string,
  named: Temporal.Instant,
  { formats, signal }: {
    readonly formats?: Formats | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PackedStray | undefined> {
  const format = await formatOf(path, formats);
  if (format === undefined) return undefined;
  let facts: Readonly<Record<string, unknown>>;
  try {
    facts = await packedFacts(path, format, signalOf(signal));
  } catch (error) {
    const isUnreadable = error instanceof HoldfastError &&
      (error.code === "BACKUP_INVALID" || error.code === "KEY_WRONG");
    if (!isUnreadable) throw error;
    return undefined;
  }
  const { fileCount, appVersion } = facts;
  return {
    ...takenAt(facts.createdAt, named),
    ...(isCount(fileCount) ? { fileCount } : {}),
    ...(typeof appVersion === "string" ? { sourceVersion: appVersion } : {}),
    metadata: metadataOf(facts),
  };
}

function takenAt(fact: unknown, named: Temporal.Instant): Pick<PackedStray, "createdAt"> {
  if (typeof fact !== "string" || Number.isNaN(Date.parse(fact))) return {};
  const at = Temporal.Instant.fromEpochMilliseconds(Date.parse(fact));
  const away = Math.abs(at.since(named).total("hours"));
  return away > HOURS_AROUND ? {} : { createdAt: at.toString({ fractionalSecondDigits: 3 }) };
}

function metadataOf(facts: Readonly<Record<string, unknown>>): BackupMetadata {
  const { checksum, databaseVersion, totalFileSize } = facts;
  const databaseSize = record(record(facts.entries)[DATABASE_ENTRY]).size;
  const counts = Object.entries(record(facts.recordCount))
    .filter((pair): pair is [string, number | null] => pair[1] === null || isCount(pair[1]));
  return {
    ...(typeof checksum === "string" ? { databaseSha256: checksum } : {}),
    ...(isCount(databaseVersion) ? { userVersion: databaseVersion } : {}),
    ...(isCount(databaseSize) ? { databaseSize } : {}),
    ...(isCount(databaseSize) && isCount(totalFileSize)
      ? { filesSize: totalFileSize - databaseSize }
      : {}),
    ...(counts.length > 0 ? { recordCount: Object.fromEntries(counts) } : {}),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
