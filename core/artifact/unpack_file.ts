/**
 * Takes the database out of a packed backup that somebody names by its path.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import type { Format } from "../extend/format.ts";
import { TargetError } from "../extend/target_error.ts";
import { makePrivateDir } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import type { Staging } from "../files/staging.ts";
import type { Report } from "../report.ts";

/** The name of the database inside. */
const DATABASE = "database.sqlite";

/** What unpacking works with. */
export interface UnpackFileContext {
  readonly staging: Staging;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** The format that packed a file, by the end of its name; `undefined` for a plain database. */
export function formatOf(path: string, formats: readonly Format[]): Format | undefined {
  return formats.find(({ suffix }) => path.toLowerCase().endsWith(suffix));
}

/**
 * Unpacks the file into the private folder, all of it checked, and gives the path of the
 * database in it, alone. Other files in it are told by a warning: they are not put back.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` where it is damaged, hostile or has no database;
 * `KEY_WRONG`, `NO_SPACE`, `CANCELLED`.
 */
export async function unpackFile(
  path: string,
  format: Format,
  { staging, report, signal }: UnpackFileContext,
): Promise<string> {
  const into = staging.file("unpacked");
  await makePrivateDir(into);
  const body = await fileBody(path);
  const onProgress = (done: number): void =>
    report.progress({ phase: "unpack", done, unit: "bytes" });
  try {
    const files = await format.unpack(body, into, { signal, onProgress });
    const database = files.find(({ name }) => name === DATABASE);
    if (database === undefined) throw withoutDatabase(path);
    // Alone: a planted -wal beside it would change it.
    const artifact = staging.file("artifact.db");
    await Deno.rename(database.path, artifact);
    const others = files.filter(({ name }) => name.startsWith("files/")).length;
    if (others > 0) {
      report.warn({
        code: "FILES_NOT_RESTORED",
        message: `The archive also holds ${others} files: they are not put back`,
        hint: "Any ZIP program takes them out.",
      });
    }
    return artifact;
  } catch (error) {
    throw asFailure(error, path);
  }
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
    if (!(error instanceof Deno.errors.NotFound)) throw asFailure(error, path);
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find the archive "${path}"`, {
      hint: "Name the file itself.",
      cause: error,
    });
  }
}

function asFailure(error: unknown, path: string): unknown {
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

function withoutDatabase(path: string): HoldfastError {
  return new HoldfastError("BACKUP_INVALID", `Cannot use "${path}": it holds no "${DATABASE}"`, {
    hint: "Nothing was changed. It is an archive of something else.",
  });
}
