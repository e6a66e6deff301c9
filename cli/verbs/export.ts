/**
 * Exports a database or a backup.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { isBackupName } from "../../core/artifact/backup_name.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import type { TableFormat } from "../../core/engine/export_tables.ts";
import { HoldfastError } from "../../core/errors.ts";
import { exportDatabase, type ExportResult } from "../../core/export.ts";
import type { ExportPlaceOptions } from "../../core/export/export_job.ts";
import { isFile } from "../../core/files/is_file.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { grouped, plural, typedPath } from "../format.ts";
import { type PlaceForBackup, placeForBackup } from "../place_for_backup.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type ArchiveParts, formatsOf, openFormats } from "../targets/open_formats.ts";
import { table } from "../table.ts";

/** What the command is given. */
export interface ExportFlags {
  readonly what?: string | undefined;
  readonly format?: "db" | TableFormat | undefined;
  readonly output?: string | undefined;
  readonly table?: readonly string[] | undefined;
  readonly force?: boolean | undefined;
  readonly database?: string | undefined;
}

/** Exports it. */
export async function exportVerb(run: Run, flags: ExportFlags): Promise<Outcome> {
  const { cwd } = run.session.around;
  const result = await exportDatabase({
    ...givenTo(run, await sourceOf(run, flags), flags),
    format: flags.format,
    tables: flags.table,
  });
  return { verb: "export", data: result, text: await textOf(result, cwd) };
}

/** What the archive of an export is given beside. */
export interface ExportZipFlags extends Omit<ExportFlags, "format">, ArchiveParts {}

/** Exports it as a ZIP archive, with the files that the configuration includes. */
export async function exportZipVerb(run: Run, flags: ExportZipFlags): Promise<Outcome> {
  if (flags.table !== undefined) {
    throw new HoldfastError("USAGE", "Cannot export single tables as an archive", {
      hint: "Leave --table away, or choose --format csv, json or jsonl.",
    });
  }
  const { exportPacked } = await import("../../core/export/export_packed.ts");
  const { includeDatabase, includeFiles, includeMetadata } = flags;
  const parts = { includeDatabase, includeFiles, includeMetadata };
  const source = await sourceOf(run, flags);
  const settings = (await source.configured?.())?.settings;
  const [format] = await openFormats(run, "export.zip", { ...settings, ...parts });
  if (format === undefined) throw new HoldfastError("PLUGIN_INVALID", "Cannot find the format zip");
  const result = await exportPacked({
    ...givenTo(run, source, flags),
    ...parts,
    format,
    include: settings?.include,
    exclude: settings?.exclude,
    filesQuery: settings?.filesQuery,
    sourceVersion: settings?.sourceVersion,
  });
  const where = typedPath(result.output, run.session.around.cwd);
  const head = `${escapeText(basename(result.source))} → ${escapeText(where)}`;
  const beside = result.files === 0 ? "" : `, with ${plural(result.files, "file")}`;
  const text = `${head}  ${formatByteSize(result.bytes)}${beside}`;
  return { verb: "export", data: result, text };
}

function givenTo(
  run: Run,
  { database, directory, backup }: Source,
  flags: ExportFlags,
): ExportPlaceOptions {
  const { cwd } = run.session.around;
  if (flags.output === "-") {
    throw new HoldfastError("USAGE", "Cannot export to standard output", {
      hint: "Name a file or a folder; ./- is a file of that name.",
    });
  }
  return {
    ...{ database, directory, backup },
    formats: formatsOf(run),
    output: flags.output === undefined ? `${cwd}/` : resolvedOutput(cwd, flags.output),
    force: flags.force,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  };
}

/** The slash at the end says that it is a folder: it stays. */
function resolvedOutput(cwd: string, output: string): string {
  return /[/\\]$/.test(output) ? `${resolve(cwd, output)}/` : resolve(cwd, output);
}

type Source = Partial<PlaceForBackup>;

/** A database where one is named or nothing is; else a backup. */
async function sourceOf(run: Run, { what, database }: ExportFlags): Promise<Source> {
  if (what === undefined) return await choosePlace(run, database);
  const isPlaced = database !== undefined || run.globals.directory !== undefined;
  if (isPlaced || what === "latest" || !await isDatabase(run, what)) {
    return await placeForBackup(run, { backup: what, database });
  }
  return await choosePlace(run, what);
}

/** A name of the configuration, or a file that is no stored backup. */
async function isDatabase(run: Run, what: string): Promise<boolean> {
  const { databaseNames } = await import("../../core/config/load_config.ts");
  if (databaseNames(await run.config()).includes(what)) return true;
  const path = resolve(run.session.around.cwd, what);
  if (!await isFile(path)) return /[\\/.]/.test(what) && !isBackupName(basename(what));
  return !(isBackupName(basename(path)) && await isFile(join(dirname(path), "catalog.db")));
}

async function textOf(result: ExportResult, cwd: string): Promise<string> {
  const { source, output, bytes, tables, format } = result;
  const where = typedPath(output, cwd);
  const head = `${escapeText(basename(source))} → ${escapeText(where)}  ${formatByteSize(bytes)}`;
  if (format === "db") return head;
  const rows = await table(tables, [
    { title: "TABLE", cell: (each) => escapeText(each.table) },
    { title: "FILE", cell: ({ file }) => escapeText(file), drop: 1 },
    { title: "ROWS", cell: (each) => grouped(each.rows), align: "right" },
    { title: "SIZE", cell: (each) => formatByteSize(each.bytes), align: "right" },
  ]);
  return tables.length === 0 ? `${head}\n${plural(0, "table")}` : `${head}\n${rows}`;
}
