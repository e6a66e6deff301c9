/**
 * Writes an export of tables: a folder with a file for each, as docs/export.md has them.
 *
 * @module
 */

import { basename, join } from "node:path";
import { SIDECARS } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import type { ExportedTable, ExportJobResult, TableFormat } from "../engine/export_tables.ts";
import { iso } from "../artifact/new_record.ts";
import { makePrivateDir, syncDir, writeFileAtomic } from "../files/atomic_file.ts";
import { EXPORT_LIST } from "./export_output.ts";
import type { ExportPlaceOptions, ExportWork, Written } from "./export_job.ts";

/** What an export of tables is given beside its place. */
export interface TableExportOptions extends ExportPlaceOptions {
  /** Only these tables. */
  readonly tables?: readonly string[] | undefined;
  /** Milliseconds without a word after which it is ended; 300,000 by default. */
  readonly deadlineMs?: number | undefined;
}

/** Each table with its file. */
export interface WrittenTables extends Written {
  readonly tables: readonly ExportedTable[];
}

/** Writes them, in a process of its own that streams row by row. */
export async function writeTables(
  { path, title, work, options, report, clock }: ExportWork<TableExportOptions>,
  format: TableFormat,
): Promise<WrittenTables> {
  const folder = work.file("tables");
  await makePrivateDir(folder);
  const files = [path, work.path, ...SIDECARS.map((suffix) => `${path}${suffix}`)];
  const request = { path, folder, format, tables: options.tables };
  const written = await runJob("export", request, {
    grant: { read: files, write: files },
    deadlineMs: options.deadlineMs ?? 300_000,
    signal: options.signal,
    onProgress: report.engine(),
  });
  for (const { table, why } of written.skipped) {
    report.warn({
      code: "TABLE_SKIPPED",
      message: `The table "${table}" cannot be read here: ${why}`,
      hint: "It needs a module or a function of the application.",
    });
  }
  const exportedAt = iso(clock.now());
  await describe(written, folder, { source: basename(title), exportedAt, format });
  const bytes = written.tables.reduce((sum, table) => sum + table.bytes, 0);
  return { finished: folder, bytes, tables: written.tables };
}

/** `export.json` says which file holds which table; `schema.sql` makes them again. */
async function describe(
  { encoding, tables, schema }: ExportJobResult,
  folder: string,
  about: { readonly source: string; readonly exportedAt: string; readonly format: TableFormat },
): Promise<void> {
  const list = { version: 1, ...about, encoding, tables };
  await writeFileAtomic(join(folder, EXPORT_LIST), `${JSON.stringify(list, null, 2)}\n`);
  await writeFileAtomic(join(folder, "schema.sql"), schema);
  await syncDir(folder);
}
