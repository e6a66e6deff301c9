/**
 * Unpacks a packed backup into a private folder.
 *
 * @module
 */

import { refuseWithoutRoom } from "./estimate.ts";
import { DATABASE_ENTRY, FILES_ENTRY } from "./packed_names.ts";
import { HoldfastError } from "../errors.ts";
import type { Format, UnpackedFile } from "../extend/format.ts";
import { TargetError } from "../extend/target_error.ts";
import { makePrivateDir } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import type { Staging } from "../files/staging.ts";
import type { Report } from "../report.ts";

/** What unpacking works with. */
export interface UnpackFileContext {
  readonly staging: Staging;
  readonly report?: Report | undefined;
  readonly signal: AbortSignal;
  /** Its bytes are those that were packed here, by their hash. */
  readonly trusted?: boolean | undefined;
  /** Unpack the files beside the database too; only the database by default. */
  readonly withFiles?: boolean | undefined;
  /** What the database is called in the private folder. */
  readonly name: string;
}

/** What was unpacked, all of it checked. */
export interface Unpacked {
  /** The database, alone in the private folder. */
  readonly database: string;
  /** The files, by their name relative to the database's folder. */
  readonly files: readonly UnpackedFile[];
  /** What the archive says of itself. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** How it was packed. */
  readonly format: Format;
  /** Its bytes are those that were packed here, by their hash. */
  readonly trusted: boolean;
  /** Files that it holds beside the database. */
  readonly fileCount: number;
}

/**
 * Unpacks the file into the private folder. Nothing is written outside of it.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` where it is damaged, hostile or has no database;
 * `KEY_WRONG`, `NO_SPACE`, `CANCELLED`.
 */
export async function unpackFile(
  path: string,
  format: Format,
  { staging, report, signal, trusted, name, withFiles = false }: UnpackFileContext,
): Promise<Unpacked> {
  const into = staging.file(`${name}.unpacked`);
  await makePrivateDir(into);
  const body = await fileBody(path);
  const onProgress = (done: number): void =>
    report?.progress({ phase: "unpack", done, unit: "bytes" });
  const only = (entry: string): boolean =>
    entry === DATABASE_ENTRY || (withFiles && entry.startsWith(FILES_ENTRY));
  try {
    const facts = await format.inspect(body, { signal, trusted });
    await refuseWithoutRoom(staging.path, roomFor(facts, body.size));
    const unpacked = await format.unpack(body, into, { signal, onProgress, trusted, only });
    const database = unpacked.find((file) => file.name === DATABASE_ENTRY);
    if (database === undefined) throw withoutDatabase(path);
    // Alone: a planted -wal beside it would change it.
    const artifact = staging.file(name);
    await Deno.rename(database.path, artifact);
    const files = unpacked.filter((file) => file.name.startsWith(FILES_ENTRY))
      .map((file) => ({ ...file, name: file.name.slice(FILES_ENTRY.length) }));
    const listed = typeof facts.fileCount === "number" ? facts.fileCount - 1 : files.length;
    const fileCount = Math.max(listed, files.length);
    return { database: artifact, files, facts, fileCount, format, trusted: trusted === true };
  } catch (error) {
    throw asUnpackFailure(error, path);
  }
}

/** Bytes that it takes unpacked, as it says itself; a lie is found while it is unpacked. */
function roomFor({ totalFileSize }: Readonly<Record<string, unknown>>, packed: number): number {
  return typeof totalFileSize === "number" ? totalFileSize : packed;
}

/**
 * What an archive says of itself, its structure checked, nothing unpacked.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `KEY_WRONG`, `CANCELLED`.
 */
export async function packedFacts(
  path: string,
  format: Format,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await format.inspect(await fileBody(path), { signal });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw asUnpackFailure(error, path);
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find the archive "${path}"`, {
      hint: "Name the file itself.",
      cause: error,
    });
  }
}

/** An error of a format that reads, as ours. */
export function asUnpackFailure(error: unknown, path: string): unknown {
  if (!(error instanceof TargetError)) return error;
  const code = error.kind === "denied"
    ? "KEY_WRONG"
    : error.kind === "full"
    ? "NO_SPACE"
    : "BACKUP_INVALID";
  return new HoldfastError(code, `Cannot use "${path}": ${error.message}`, {
    hint: error.hint ?? "Nothing was changed. Take another backup.",
    cause: error,
  });
}

/** An error of a format that packs, as ours. */
export function asPackFailure(error: unknown, path: string): unknown {
  if (!(error instanceof TargetError)) return error;
  const code = error.kind === "denied"
    ? "KEY_WRONG"
    : error.kind === "full"
    ? "NO_SPACE"
    : "BACKUP_FAILED";
  return new HoldfastError(code, `Cannot pack the backup of "${path}": ${error.message}`, {
    hint: error.hint ?? "Nothing was kept. Look at the disk, then try again.",
    cause: error,
  });
}

function withoutDatabase(path: string): HoldfastError {
  return new HoldfastError(
    "BACKUP_INVALID",
    `Cannot use "${path}": it holds no "${DATABASE_ENTRY}"`,
    {
      hint: "Nothing was changed. It is an archive of something else.",
    },
  );
}
