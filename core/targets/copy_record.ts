/**
 * The small JSON record beside each copy on a target: written last, so that a copy
 * without one does not exist, and enough to rebuild a catalog from any target.
 *
 * @module
 */

import { isBackupName } from "../artifact/backup_name.ts";
import { isGood, PROOFS, REASONS } from "../artifact/backup_record.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { ManifestBackup } from "../catalog/manifest.ts";
import { TargetError } from "../extend/target_error.ts";

/** The version of its shape. */
export const COPY_RECORD_VERSION = 1;

/** What it says. */
export interface CopyRecord {
  /** The version of this format. */
  readonly version: number;
  /** Whose backup it is: the name of the database and the id of its backup directory. */
  readonly database: { readonly name: string; readonly id: string };
  /** The object, as it came out of the codecs. */
  readonly artifact: {
    readonly key: string;
    readonly size: number;
    /** Lower-case hex. */
    readonly sha256: string;
    /** First to last. */
    readonly codecs: readonly string[];
  };
  /** The backup itself; without what would tell its content where a codec encrypts. */
  readonly backup: ManifestBackup;
}

/** The key of the record of an artifact. */
export function recordKey(artifactKey: string): string {
  return `${artifactKey}${RECORD_SUFFIX}`;
}

/** How the key of a record ends. */
export const RECORD_SUFFIX = ".json";

/** The prefix of every copy of a backup directory: `<database>-<catalog id>`. */
export function copiesPrefix(database: string, directoryId: string): string {
  const plain = database.normalize("NFC").replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._-]+/, "");
  return `${plain.slice(0, 80) || "database"}-${directoryId}`;
}

/** The backup as its record on a target has it. */
export function backupOnTarget(record: BackupRecord, encrypted: boolean): ManifestBackup {
  const { name, path: _, size, metadata, ...rest } = record;
  const { recordCount, assertions, files, engineWhy, host, ...plain } = metadata;
  const backup = {
    filename: name,
    sizeBytes: size,
    recordCount: encrypted ? {} : recordCount ?? {},
    ...rest,
    // A copy is no less there for being in the trash here.
    deletedAt: null,
    metadata: encrypted ? plain : { ...plain, recordCount, assertions, files, engineWhy, host },
  };
  return encrypted ? { ...backup, note: null } : backup;
}

/**
 * Reads one. Its content comes from elsewhere: a name that is none of ours is refused.
 *
 * Throws a `TargetError`, `corrupt`.
 */
export function parseCopyRecord(text: string, key: string): CopyRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw corrupt(key, cause);
  }
  if (!isCopyRecord(value) || recordKey(value.artifact.key) !== key) throw corrupt(key);
  return value;
}

/** Whether a record tells of a good backup. */
export function isGoodCopy({ backup }: CopyRecord): boolean {
  return isGood(backup);
}

function isCopyRecord(value: unknown): value is CopyRecord {
  const { version, database, artifact, backup } = fields(value);
  const { key, size, sha256, codecs } = fields(artifact);
  const { name, id } = fields(database);
  const one = fields(backup);
  return version === COPY_RECORD_VERSION && isText(name) && isText(id) && isText(key) &&
    isSize(size) && isHash(sha256) && Array.isArray(codecs) && codecs.every(isText) &&
    isText(one.id) && isText(one.filename) && isBackupName(one.filename) &&
    isSize(one.sizeBytes) && isHash(one.sha256) && isText(one.createdAt) &&
    isSize(one.sequence) && isText(one.format) && typeof one.pinned === "boolean" &&
    REASONS.some((reason) => reason === one.reason) &&
    PROOFS.some((proof) => proof === one.proof) && typeof one.metadata === "object" &&
    one.metadata !== null && isInstant(one.createdAt);
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function corrupt(key: string, cause?: unknown): TargetError {
  return new TargetError("corrupt", `Cannot read the record "${key}"`, {
    hint: "A newer holdfast wrote it, or it is damaged.",
    cause,
  });
}
