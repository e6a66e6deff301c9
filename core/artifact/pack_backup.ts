/**
 * Packs a proven snapshot, and the files that travel with it, into one archive.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { BackupMetadata } from "./backup_record.ts";
import { refuseWithoutRoom } from "./estimate.ts";
import { DATABASE_ENTRY, FILES_ENTRY } from "./packed_names.ts";
import { runJob } from "../engine/client.ts";
import type { ProveResult } from "../engine/protocol.ts";
import { HoldfastError } from "../errors.ts";
import type { Phase } from "../events.ts";
import type { CheckedFile, Format, PackedFile } from "../extend/format.ts";
import { makePrivateDir, writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { fileDigest } from "../files/file_digest.ts";
import type { SkippedFile } from "../files/included_files.ts";
import type { StagedFile } from "../files/stage_included.ts";
import type { Staging } from "../files/staging.ts";
import { tellSkipped } from "./tell_skipped.ts";
import { asPackFailure } from "./unpack_file.ts";
import type { Report } from "../report.ts";

/** What of a backup is in an archive. */
export interface PackedParts {
  /** The database; it is by default. */
  readonly includeDatabase?: boolean | undefined;
  /** The files that travel with it; they are by default. */
  readonly includeFiles?: boolean | undefined;
}

/** What travels with a database, and how it is packed. */
export interface PackOptions {
  /** The format that packs it. */
  readonly format: Format;
  /** Its name in the record. */
  readonly formatName: string;
  /** Files, folders and patterns, relative to the database's folder. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** One SELECT; the first value of each row names a file. */
  readonly filesQuery?: string | undefined;
  /** Also these, by name. */
  readonly listed?: readonly string[] | undefined;
  /** All of the listed files must be in it, at rest. */
  readonly strict?: boolean | undefined;
  /** What of it is packed; all by default. */
  readonly parts?: PackedParts | undefined;
  /** Facts that only the archive has. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
}

/** A snapshot that was proved. */
export interface Proved {
  readonly path: string;
  readonly result: ProveResult;
  readonly takenAt: Temporal.Instant;
  readonly sourceVersion?: string | undefined;
  /** Read the archive again and compare it with what was packed. */
  readonly check: boolean;
}

/** What packing works with. */
export interface PackContext {
  /** Path of the database; of an export of a backup, what people call it. */
  readonly database: string;
  readonly staging: Staging;
  /** What never travels: the backup directory, and where the archive goes. */
  readonly never: readonly string[];
  readonly report: Report;
  /** The phase under which it is told, where it is a step of another job. */
  readonly phase?: Phase | undefined;
  readonly signal: AbortSignal;
}

/** The copies of the files, as they were found after the snapshot. */
export interface TakenFiles {
  readonly files: readonly StagedFile[];
  readonly skipped: readonly SkippedFile[];
  /** What is the same for the same files. */
  readonly digest: string;
}

/** An archive in the private folder. */
export interface PackedBackup {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly fileCount: number;
  readonly metadata: BackupMetadata;
}

/**
 * Copies the files that travel, after the snapshot was taken, in a process of its own.
 * What is missing or changed while it was read is a warning.
 */
export async function takeFiles(
  proved: Proved,
  { include, exclude, filesQuery, listed = [], strict }: PackOptions,
  { database, staging, never, report, phase, signal }: PackContext,
): Promise<TakenFiles> {
  const queried = filesQuery === undefined
    ? []
    : await runJob("listed", { path: proved.path, sql: filesQuery }, {
      grant: { read: [staging.path], write: [staging.path] },
      signal,
      deadlineMs: 300_000,
    });
  const into = staging.file("files");
  await makePrivateDir(into);
  const root = dirname(database);
  const { files, skipped } = await runJob("include", {
    database,
    include,
    exclude,
    never,
    listed: [...queried, ...listed],
    into,
  }, {
    // Deno's `matchesGlob` asks for this variable, and cannot do without.
    grant: { read: [root, into], write: [into], env: ["__MINIMATCH_TESTING_PLATFORM__"] },
    signal,
    onProgress: report.engine(phase),
  });
  if (strict === true) refuseIncomplete(files, skipped);
  else tellSkipped(files, skipped, report);
  const hash = createHash("sha256");
  for (const { name, sha256 } of files) hash.update(JSON.stringify([name, sha256]));
  return { files, skipped, digest: hash.digest("hex") };
}

/** A safety backup without the files that are about to be replaced is none. */
function refuseIncomplete(files: readonly StagedFile[], skipped: readonly SkippedFile[]): void {
  const [bad] = [...skipped, ...files.filter(({ unsettled }) => unsettled)];
  if (bad === undefined) return;
  throw new HoldfastError(
    "RESTORE_FAILED",
    `Cannot keep the file "${bad.name}" before it is replaced`,
    { hint: "It cannot be read, or it is being written. Nothing was changed; try again." },
  );
}

/** Packs it, and reads the archive again: every file in it must be the one that was packed. */
export async function packBackup(
  proved: Proved,
  { files, skipped, digest }: TakenFiles,
  { format, formatName, facts, parts, ...context }: PackOptions & PackContext,
): Promise<PackedBackup> {
  const { staging, report, phase = "pack", signal } = context;
  const { result } = proved;
  const content = contentOf(proved, files, parts);
  const filesSize = files.reduce((sum, { size }) => sum + size, 0);
  const total = content.reduce((sum, { size }) => sum + size, 0);
  await refuseWithoutRoom(staging.path, total);
  const path = staging.file(`backup.${formatName}`);
  const progress = (done: number): void => report.progress({ phase, done, total, unit: "bytes" });
  try {
    const stream = await format.pack(await bodies(content), {
      ...facts,
      createdAt: proved.takenAt.toString({ fractionalSecondDigits: 3 }),
      appVersion: proved.sourceVersion ?? null,
      databaseVersion: result.facts?.userVersion ?? null,
      recordCount: result.facts?.recordCount ?? {},
    }, { signal, onProgress: progress });
    const size = await writeFileAtomic(path, stream, { signal });
    if (proved.check) await compare(path, content, { format, total, report, phase, signal });
    return {
      path,
      size,
      sha256: await fileDigest(path, signal),
      fileCount: content.length,
      metadata: {
        databaseSha256: result.sha256,
        databaseSize: result.size,
        filesSize,
        filesDigest: digest,
        ...(skipped.length > 0 ? { skippedFiles: skipped.slice(0, 50) } : {}),
      },
    };
  } catch (error) {
    throw asPackFailure(error, context.database);
  }
}

/** One file of the archive, where it lies now and what it must be. */
interface Content extends CheckedFile {
  readonly path: string;
  readonly modifiedAt: Temporal.Instant;
}

function contentOf(
  { path, result: { size, sha256 }, takenAt }: Proved,
  files: readonly StagedFile[],
  { includeDatabase = true, includeFiles = true }: PackedParts = {},
): readonly Content[] {
  const database = { name: DATABASE_ENTRY, path, size, sha256, modifiedAt: takenAt };
  const beside = files.map(({ name, staged, size, sha256, modifiedMs }) => ({
    name: `${FILES_ENTRY}${name}`,
    path: staged,
    size,
    sha256,
    modifiedAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(modifiedMs)),
  }));
  return [...(includeDatabase ? [database] : []), ...(includeFiles ? beside : [])];
}

async function bodies(content: readonly Content[]): Promise<PackedFile[]> {
  const packed: PackedFile[] = [];
  for (const { name, path, modifiedAt } of content) {
    packed.push({ name, body: await fileBody(path), modifiedAt });
  }
  return packed;
}

async function compare(
  path: string,
  content: readonly Content[],
  { format, total, report, phase, signal }: {
    readonly format: Format;
    readonly total: number;
    readonly report: Report;
    readonly phase: Phase;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const found = await format.check(await fileBody(path), {
    signal,
    trusted: true,
    onProgress: (done) =>
      report.progress({ phase: phase === "pack" ? "check" : phase, done, total, unit: "bytes" }),
  });
  const read = new Map(found.map((file) => [file.name, file.sha256]));
  const other = content.find(({ name, sha256 }) => read.get(name) !== sha256);
  if (other === undefined && read.size === content.length) return;
  throw new HoldfastError(
    "BACKUP_FAILED",
    `The archive is bad: "${other?.name ?? "a file"}" in it is not what was packed`,
    { hint: "Look at the disk and memory of the backup directory, then try again." },
  );
}
