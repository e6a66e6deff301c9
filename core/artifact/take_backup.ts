/**
 * Takes one backup into an open directory: snapshot, proof, name, record.
 *
 * @module
 */

import type { BackupMetadata, BackupRecord, Reason, SnapshotEngine } from "./backup_record.ts";
import type { Clock } from "../clock.ts";
import { type DatabaseFile, liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import type { ProveResult, SnapshotResult } from "../engine/protocol.ts";
import { HoldfastError } from "../errors.ts";
import type { Phase } from "../events.ts";
import { Staging } from "../files/staging.ts";
import { syncFile } from "../files/sync_file.ts";
import { addBackup, type NewBackup } from "./new_record.ts";
import { packBackup, type PackOptions, takeFiles } from "./pack_backup.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";
import { contentMetadata, judge, type ProofOptions, proveFile, startProver } from "./proof.ts";
import { type Report, throwIfCancelled } from "../report.ts";
import { signalOf } from "../targets/target_work.ts";

/** What one backup is to be. */
export interface TakeOptions extends ProofOptions {
  readonly reason: Reason;
  readonly engine?: SnapshotEngine | "auto" | undefined;
  readonly note?: string | undefined;
  readonly sourceVersion?: string | undefined;
  readonly expiresAt?: string | undefined;
  /** Milliseconds to wait for a lock of the database. */
  readonly busyMs?: number | undefined;
  /** Milliseconds that writers may be kept waiting before it is worth a warning. */
  readonly maxHoldMs?: number | undefined;
  /** Keep the copy also where it is damaged, as the database is. */
  readonly keepDamaged?: boolean | undefined;
  /** The last backup: a copy that is the same is not kept. */
  readonly unlessSame?: Pick<BackupRecord, "format" | "sha256" | "metadata"> | undefined;
  /** How it is packed, and what travels with it; a plain database file by default. */
  readonly pack?: PackOptions | undefined;
  readonly metadata?: BackupMetadata | undefined;
  /** The phase under which it is told, where it is a step of another job. */
  readonly phase?: Phase | undefined;
}

/** What taking a backup works with. */
export interface TakeContext {
  readonly database: DatabaseFile;
  readonly open: OpenDirectory;
  readonly report: Report;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes it; `undefined` where the copy is the same as the last one.
 *
 * @throws {HoldfastError} `DATABASE_BUSY`, `DATABASE_CORRUPT`, `BACKUP_INVALID`,
 * `NOT_A_DATABASE`, `NO_SPACE`, `PERMISSION_DENIED`, `CANCELLED`, `BACKUP_FAILED`.
 */
export async function takeBackup(
  options: TakeOptions,
  context: TakeContext,
): Promise<BackupRecord | undefined> {
  const { open, report, clock, signal } = context;
  await using staging = await Staging.create(open.place.directory);
  const staged = staging.file("snapshot.db");
  await using prover = startProver(staging.path);
  const takenAt = clock.now();
  const began = clock.elapsed();
  const snapshot = await takeSnapshot(staged, staging.path, options, context);
  adviseOnHold(snapshot, options, report);
  const copied = clock.elapsed();
  const [proved] = await Promise.all([
    proveFile(prover, { path: staged, options, report, phase: options.phase, signal }),
    syncFile(staged),
  ]);
  const { unlessSame, pack } = options;
  if (pack === undefined && unlessSame?.sha256 === proved.sha256) return undefined;
  const { proof, damaged, warnings } = await accept(proved, options, context);
  warnings.forEach((warning) => report.warn(warning));
  throwIfCancelled(signal);
  const metadata: BackupMetadata = {
    ...contentMetadata(proved, options),
    ...options.metadata,
    journalMode: snapshot.journalMode,
    engine: snapshot.engine,
    engineWhy: snapshot.why,
    moment: snapshot.moment,
    ...(damaged ? { damaged } : {}),
    durations: {
      snapshot: Math.round(copied - began),
      proof: Math.round(clock.elapsed() - copied),
    },
  };
  const content = pack === undefined
    ? plainContent(staged, proved, metadata)
    : await packedContent({ staged, proved, takenAt, metadata }, pack, {
      ...context,
      options,
      staging,
    });
  if (content === undefined) return undefined;
  report.progress({ phase: "record", done: 0, total: 1, unit: "steps" });
  const { reason, note, sourceVersion, expiresAt } = options;
  const record = await addBackup({
    ...content,
    folder: staging.path,
    takenAt,
    reason,
    proof,
    note,
    sourceVersion,
    expiresAt,
  }, { catalog: open.catalog, clock });
  report.progress({ phase: "record", done: 1, total: 1, unit: "steps" });
  return record;
}

type Content = Pick<
  NewBackup,
  "staged" | "size" | "sha256" | "metadata" | "format" | "fileCount" | "extension"
>;

function plainContent(staged: string, proved: ProveResult, metadata: BackupMetadata): Content {
  const { sha256, size } = proved;
  return { staged, size, sha256, metadata };
}

/** The archive; `undefined` where database and files are those of the last backup. */
async function packedContent(
  { staged, proved: result, takenAt, metadata }: {
    readonly staged: string;
    readonly proved: ProveResult;
    readonly takenAt: Temporal.Instant;
    readonly metadata: BackupMetadata;
  },
  pack: PackOptions,
  work: TakeContext & { readonly options: TakeOptions; readonly staging: Staging },
): Promise<Content | undefined> {
  const { database, open, report, clock, options, staging } = work;
  const { unlessSame, phase, sourceVersion } = options;
  const signal = signalOf(work.signal);
  const never = [open.place.directory];
  const context = { database: database.path, staging, never, report, phase, signal };
  const proved = {
    path: staged,
    result,
    takenAt,
    sourceVersion,
    check: options.verify !== "none",
  };
  const began = clock.elapsed();
  const files = await takeFiles(proved, pack, context);
  const last = unlessSame?.metadata;
  const same = unlessSame?.format === pack.formatName &&
    last?.databaseSha256 === result.sha256 && last.filesDigest === files.digest;
  if (same) return undefined;
  const packed = await packBackup(proved, files, { ...pack, ...context });
  const durations = { ...metadata.durations, pack: Math.round(clock.elapsed() - began) };
  return {
    staged: packed.path,
    size: packed.size,
    sha256: packed.sha256,
    metadata: { ...metadata, ...packed.metadata, durations },
    format: pack.formatName,
    fileCount: packed.fileCount,
    extension: pack.format.suffix,
  };
}

async function takeSnapshot(
  destination: string,
  folder: string,
  options: TakeOptions,
  { database, report, signal }: TakeContext,
): Promise<SnapshotResult> {
  const { engine = "auto", busyMs = 30_000 } = options;
  const grant = { ...liveGrant(database.path, folder), all: engine === "compact" };
  return await runJob(
    "snapshot",
    { source: database.path, destination, engine, busyMs },
    // `compact` says nothing while it works: a second per megabyte is patient enough.
    {
      grant,
      signal,
      onProgress: report.engine(options.phase),
      deadlineMs: 600_000 + database.size / 1_000,
    },
  );
}

/** Refuses a copy that is bad, and says whether the database is. */
async function accept(
  proved: ProveResult,
  options: TakeOptions,
  context: TakeContext,
): Promise<ReturnType<typeof judge>> {
  const verdict = judge(proved, options);
  const [fault] = verdict.faults;
  if (fault === undefined || options.keepDamaged) return verdict;
  const { path } = context.database;
  if (!verdict.damaged) {
    throw new HoldfastError(
      "BACKUP_INVALID",
      `The backup of "${path}" is not as expected: ${fault}`,
      {
        hint: "Nothing was kept. Look at the database, or at what is expected of it.",
      },
    );
  }
  const source = await checkSource(context);
  if (source.length > 0) {
    throw new HoldfastError("DATABASE_CORRUPT", `The database "${path}" is damaged: ${source[0]}`, {
      hint:
        "Nothing was kept. Restore the newest good backup, or copy it as it is with --verify none.",
    });
  }
  throw new HoldfastError(
    "BACKUP_FAILED",
    `The copy of "${path}" is bad, the database is sound: ${fault}`,
    {
      hint: "Look at the disk and memory of the backup directory, then try again.",
    },
  );
}

async function checkSource({ database, signal }: TakeContext): Promise<readonly string[]> {
  try {
    const request = { path: database.path, busyMs: 30_000, check: "full" } as const;
    const grant = liveGrant(database.path);
    return (await runJob("inspect", request, { grant, signal })).problems ?? [];
  } catch (error) {
    if (error instanceof HoldfastError && error.code === "DATABASE_CORRUPT") return [error.message];
    throw error;
  }
}

function adviseOnHold(snapshot: SnapshotResult, options: TakeOptions, report: Report): void {
  const { maxHoldMs = 2_000 } = options;
  if (snapshot.journalMode === "wal" || snapshot.heldMs <= maxHoldMs) return;
  report.warn({
    code: "WRITERS_WAITED",
    message: `Writers waited ${(snapshot.heldMs / 1000).toFixed(1)} s for the snapshot`,
    hint: "In WAL mode they would not wait: PRAGMA journal_mode = WAL.",
  });
}
