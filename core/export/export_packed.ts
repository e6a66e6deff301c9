/**
 * Exports a database or a backup as one packed file, such as a ZIP archive.
 *
 * @module
 */

import { extname } from "node:path";
import {
  packBackup,
  type PackedParts,
  takeFiles,
  type TakenFiles,
} from "../artifact/pack_backup.ts";
import { HoldfastError } from "../errors.ts";
import type { Format } from "../extend/format.ts";
import { fileDigest } from "../files/file_digest.ts";
import { includeMatcher } from "../files/included_files.ts";
import { isDirectory } from "../files/is_file.ts";
import type { StagedFile } from "../files/stage_included.ts";
import { signalOf } from "../targets/target_work.ts";
import {
  type ExportedPlace,
  exportJob,
  type ExportPlaceOptions,
  type ExportWork,
  type Written,
} from "./export_job.ts";
import { writeDatabase } from "./write_database.ts";

/** What {@linkcode exportPacked} is given. */
export interface ExportPackedOptions extends ExportPlaceOptions, PackedParts {
  /** How it is packed; its suffix is added to a name that has another. */
  readonly format: Format;
  /** Files, folders and patterns that travel with a live database, relative to its folder. */
  readonly include?: readonly string[] | undefined;
  /** The same, for what stays; without a slash it means that name at any depth. */
  readonly exclude?: readonly string[] | undefined;
  /** One SELECT; the first value of each row names a file that travels too. */
  readonly filesQuery?: string | undefined;
  /** The version of the application, for the facts of a live database. */
  readonly sourceVersion?: string | undefined;
}

/** What was exported. */
export interface ExportPackedResult extends ExportedPlace {
  /** Files in it beside the database. */
  readonly files: number;
}

/**
 * Exports a checked database, packed, with its facts and the files that travel with it: of a live
 * database those that `include` and `filesQuery` name, of a packed backup those that are in it. The
 * archive is read again before it gets its name. The output appears whole or not at all. Needs
 * `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} as `exportDatabase`; `CONFIG_INVALID` for a pattern that leads out of
 * the folder, `KEY_WRONG` where a password is a must and there is none.
 */
export async function exportPacked(options: ExportPackedOptions): Promise<ExportPackedResult> {
  const { format: { suffix }, include = [], exclude = [] } = options;
  if (options.includeDatabase === false && options.includeFiles === false) throw nothingLeft();
  includeMatcher({ include, exclude });
  const output = await withSuffix(options.output, suffix);
  const { finished: _, ...result } = await exportJob({ ...options, output }, {
    format: suffix.slice(1),
    suffix,
    room: 2,
    withFiles: options.includeFiles !== false,
    write: pack,
  });
  return result;
}

async function withSuffix(output: string | undefined, suffix: string): Promise<string | undefined> {
  if (output === undefined || /[/\\]$/.test(output) || await isDirectory(output)) return output;
  return extname(output).toLowerCase() === suffix ? output : output + suffix;
}

async function pack(
  source: ExportWork<ExportPackedOptions>,
): Promise<Written & { readonly files: number }> {
  const { options, work, at, record, live, title, never, report } = source;
  const { format, include = [], exclude = [], filesQuery, includeDatabase, includeFiles } = options;
  const { finished: path, proved: result } = await writeDatabase(source);
  const sourceVersion = record?.sourceVersion ?? options.sourceVersion;
  const proved = { path, result, takenAt: at, sourceVersion, check: true };
  const wanted = {
    ...{ format, formatName: format.suffix.slice(1), include, exclude, filesQuery },
    parts: { includeDatabase, includeFiles },
  };
  const signal = signalOf(options.signal);
  const context = { database: live ?? title, staging: work, never, report, signal };
  const files = live === undefined || includeFiles === false
    ? await filesOfBackup(source)
    : await takeFiles(proved, wanted, context);
  const packed = await packBackup(proved, files, { ...wanted, ...context });
  return { finished: packed.path, bytes: packed.size, files: files.files.length };
}

/** The files of a packed backup, as they lie unpacked. */
async function filesOfBackup(
  { files: unpacked, at, options: { signal } }: ExportWork,
): Promise<TakenFiles> {
  const files: StagedFile[] = [];
  for (const { name, path, size, modifiedAt = at } of unpacked) {
    const modifiedMs = modifiedAt.epochMilliseconds;
    const sha256 = await fileDigest(path, signalOf(signal));
    files.push({ name, path, size, modifiedMs, staged: path, sha256, unsettled: false });
  }
  return { files, skipped: [], digest: "" };
}

function nothingLeft(): HoldfastError {
  return new HoldfastError("USAGE", "Cannot export an archive without database and files", {
    hint: "Leave one of the two in.",
  });
}
