/**
 * What is known of one backup.
 *
 * @module
 */

/** Why a backup was taken. */
export type Reason =
  | "manual"
  | "auto:startup"
  | "auto:shutdown"
  | "auto:timer"
  | "auto:schedule"
  | "pre-import"
  | "pre-migration"
  | "pre-upgrade"
  | "pre-restore";

/** Every {@linkcode Reason}, in the order in which help shows them. */
export const REASONS: readonly Reason[] = [
  "manual",
  "auto:startup",
  "auto:shutdown",
  "auto:timer",
  "auto:schedule",
  "pre-import",
  "pre-migration",
  "pre-upgrade",
  "pre-restore",
];

/**
 * How far a backup is known to be good; each includes those before it.
 *
 * - `stored`: the file is there
 * - `hashed`: its SHA-256 is known
 * - `checked`: SQLite's integrity check passed
 * - `asserted`: the expected tables are there and the user's assertions hold
 * - `drilled`: it was restored into a scratch file and passed all of it there
 */
export type Proof = "stored" | "hashed" | "checked" | "asserted" | "drilled";

/** Every {@linkcode Proof}, weakest first. */
export const PROOFS: readonly Proof[] = ["stored", "hashed", "checked", "asserted", "drilled"];

/** Whether `proof` is at least `least`. */
export function proofAtLeast(proof: Proof, least: Proof): boolean {
  return PROOFS.indexOf(proof) >= PROOFS.indexOf(least);
}

/** How the pages were copied. */
export type SnapshotEngine = "online" | "clone" | "compact";

/** Facts about the content of a backup and how it was taken, plain JSON. */
export interface BackupMetadata {
  /** Bytes of a page. */
  readonly pageSize?: number | undefined;
  /** Pages in the file. */
  readonly pageCount?: number | undefined;
  /** Pages without content. */
  readonly freePages?: number | undefined;
  /** `PRAGMA user_version`. */
  readonly userVersion?: number | undefined;
  /** `PRAGMA application_id`. */
  readonly applicationId?: number | undefined;
  /** `UTF-8`, `UTF-16le` or `UTF-16be`. */
  readonly encoding?: string | undefined;
  /** The journal mode of the database when it was taken. */
  readonly journalMode?: string | undefined;
  /** Rows of each table; `null` where a table cannot be read here (an unknown module). */
  readonly recordCount?: Readonly<Record<string, number | null>> | undefined;
  /** The zone of the wall time in the name. */
  readonly zone?: string | undefined;
  /** How the pages were copied. */
  readonly engine?: SnapshotEngine | undefined;
  /** Why that engine. */
  readonly engineWhy?: string | undefined;
  /** Milliseconds by phase. */
  readonly durations?: Readonly<Record<string, number>> | undefined;
  /** How the integrity was checked. */
  readonly verify?: "none" | "quick" | "full" | undefined;
  /** Rows that break a foreign key, as they do in the database itself. */
  readonly foreignKeyViolations?: number | undefined;
  /** The user's assertions that held. */
  readonly assertions?: readonly string[] | undefined;
  /** What identifies the state of the database that was copied, for `--if-changed`. */
  readonly moment?: string | undefined;
  /** Known only from a file's name: never deleted by retention. */
  readonly inferred?: boolean | undefined;
  /** For a safety backup: the backup that was about to be restored. */
  readonly restoring?: string | undefined;
  /** For a safety backup that keeps the files of a damaged database. */
  readonly damaged?: boolean | undefined;
  /** Files beside the database that travel with it, by their path relative to it. */
  readonly files?: readonly string[] | undefined;
  /** For a packed backup: SHA-256 of the database in it, lower-case hex. */
  readonly databaseSha256?: string | undefined;
  /** For a packed backup: bytes of the database in it. */
  readonly databaseSize?: number | undefined;
  /** For a packed backup: bytes of the files beside the database in it, unpacked. */
  readonly filesSize?: number | undefined;
  /** For a packed backup: what is the same for the same files, for `--if-changed`. */
  readonly filesDigest?: string | undefined;
  /** For a packed backup: files that were asked for and are not in it; the first 50. */
  readonly skippedFiles?: readonly { readonly name: string; readonly why: string }[] | undefined;
  /** For a safety backup: the id of the one that has the files beside the database. */
  readonly filesFrom?: string | undefined;
  /** The host that took it. */
  readonly host?: string | undefined;
}

/** What is known of one backup. Instants are ISO 8601 in UTC with milliseconds. */
export interface BackupRecord {
  /** Unique for ever. */
  readonly id: string;
  /** The file's name in the backup directory. */
  readonly name: string;
  /** Why it was taken. */
  readonly reason: Reason;
  /** The version of the application that the database belonged to. */
  readonly sourceVersion: string | null;
  /** Absolute path of the file. */
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Files in it; 1 for a plain database. */
  readonly fileCount: number;
  /** How the content is packed: `db`, `zip`. */
  readonly format: string;
  /** SHA-256 of the file, lower-case hex; `null` where it is not known. */
  readonly sha256: string | null;
  /** What the person wrote about it. */
  readonly note: string | null;
  /** Facts about its content. */
  readonly metadata: BackupMetadata;
  /** When the snapshot was taken. */
  readonly createdAt: string;
  /** When it may go, whatever the policy says; `null` for never by date. */
  readonly expiresAt: string | null;
  /** Kept whatever the policy says. */
  readonly pinned: boolean;
  /** How far it is known to be good. */
  readonly proof: Proof;
  /** When that was found. */
  readonly provedAt: string | null;
  /** Order of taking in this directory. */
  readonly sequence: number;
  /** When it went to the trash; `null` while it is kept. */
  readonly deletedAt: string | null;
}

/**
 * Whether a record is good: proved at least `checked`, or `hashed` where the user
 * chose to verify no further. Whether its file is still there and unchanged is for
 * the caller to know.
 */
export function isGood(record: Pick<BackupRecord, "proof" | "metadata">): boolean {
  const least = record.metadata.verify === "none" ? "hashed" : "checked";
  return proofAtLeast(record.proof, least);
}
