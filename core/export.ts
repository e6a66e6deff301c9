/**
 * Exports a database or a backup: as a file, or its tables as CSV or JSON.
 *
 * @module
 */

import type { ExportedTable, TableFormat } from "./engine/export_tables.ts";
import { HoldfastError } from "./errors.ts";
import { type ExportedPlace, exportJob } from "./export/export_job.ts";
import { writeDatabase } from "./export/write_database.ts";
import { type TableExportOptions, writeTables } from "./export/write_tables.ts";

/** What {@linkcode exportDatabase} is given. */
export interface ExportOptions extends TableExportOptions {
  /** `db` (the default), or tables as `csv`, `json` or `jsonl` (JSON lines). */
  readonly format?: "db" | TableFormat | undefined;
}

/** What was exported. */
export interface ExportResult extends ExportedPlace {
  /** What was written. */
  readonly format: "db" | TableFormat;
  /** Each table with its file; empty for `db`. */
  readonly tables: readonly ExportedTable[];
}

/**
 * Exports the live database or a backup. A live one is copied as one committed state
 * first, so writers wait no longer than for a backup. The output appears whole or not at
 * all. What CSV and JSON look like, and how they are read back without a loss, is in
 * docs/export.md. Needs `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `BACKUP_NOT_FOUND`, `DESTINATION_EXISTS`,
 * `DATABASE_CORRUPT`, `BACKUP_INVALID`, `DATABASE_BUSY`, `NO_SPACE`, `USAGE`,
 * `EXPORT_CANCELLED`, `EXPORT_FAILED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { exportDatabase } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (id, text); INSERT INTO notes VALUES (1, 'keep me')");
 *
 * const { output } = await exportDatabase({ database, format: "csv", output: `${dir}/` });
 * console.log(await Deno.readTextFile(`${output}/notes.csv`)); // "id","text" … 1,"keep me"
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function exportDatabase(options: ExportOptions): Promise<ExportResult> {
  const { format = "db" } = options;
  if (format === "db") {
    if (options.tables !== undefined) throw noSingleTables();
    const writer = { format, suffix: ".db", room: 1, write: writeDatabase };
    const { finished: _, proved: __, ...result } = await exportJob(options, writer);
    return { ...result, format, tables: [] };
  }
  const { finished: _, ...result } = await exportJob(options, {
    format,
    suffix: `_${format}`,
    room: 2,
    write: (work) => writeTables(work, format),
  });
  return { ...result, format };
}

function noSingleTables(): HoldfastError {
  return new HoldfastError("USAGE", "Cannot export single tables as a database", {
    hint: "Leave the tables away, or choose the format csv, json or jsonl.",
  });
}
