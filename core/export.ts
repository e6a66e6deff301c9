/**
 * Exports a database or a backup: as a file, or its tables as CSV or JSON.
 *
 * @module
 */

import { basename, join } from "node:path";
import type { BackupRecord } from "./artifact/backup_record.ts";
import type { Formats } from "./artifact/formats.ts";
import { type Clock, systemClock } from "./clock.ts";
import { findDatabase, liveGrant } from "./database_file.ts";
import { runJob } from "./engine/client.ts";
import type { ExportedTable, ExportJobResult, TableFormat } from "./engine/export_tables.ts";
import { HoldfastError } from "./errors.ts";
import { refuseWithoutRoom } from "./artifact/estimate.ts";
import type { EventListener } from "./events.ts";
import {
  EXPORT_LIST,
  outputPath,
  putInPlace,
  refuseExisting,
  workFolder,
} from "./export/export_output.ts";
import { makePrivateDir, syncDir, writeFileAtomic } from "./files/atomic_file.ts";
import { fileBody } from "./files/file_body.ts";
import { iso } from "./artifact/new_record.ts";
import { openBackup } from "./artifact/open_backup.ts";
import { noteAfterwards } from "./directory/note_afterwards.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { judge, proveFile, startProver } from "./artifact/proof.ts";
import { Report, type Warning } from "./report.ts";
import { hashFaults } from "./verify.ts";

/** What {@linkcode exportDatabase} is given. */
export interface ExportOptions extends PlaceOptions {
  /** A backup: an id, a name, an unambiguous beginning, `latest` or a path. Without it the live database. */
  readonly backup?: string | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /** `db` (the default), or tables as `csv`, `json` or `jsonl` (JSON lines). */
  readonly format?: "db" | TableFormat | undefined;
  /** A file for `db`, a folder for the others; in a folder that exists, inside it. */
  readonly output?: string | undefined;
  /** Only these tables; not for `db`. */
  readonly tables?: readonly string[] | undefined;
  /** Replace an earlier export. */
  readonly force?: boolean | undefined;
  /** Milliseconds to wait for a lock of the live database; 30,000 by default. */
  readonly busyMs?: number | undefined;
  /** Milliseconds without a word after which it is ended; 300,000 by default. */
  readonly deadlineMs?: number | undefined;
  readonly waitMs?: number | undefined;
  readonly onEvent?: EventListener | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** What was exported. */
export interface ExportResult {
  /** The database, or the backup by name or path. */
  readonly source: string;
  /** Absolute path of the file or folder. */
  readonly output: string;
  readonly format: "db" | TableFormat;
  /** Bytes of all files. */
  readonly bytes: number;
  /** Each table with its file; empty for `db`. */
  readonly tables: readonly ExportedTable[];
  readonly warnings: readonly Warning[];
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
  const { clock = systemClock, onEvent, format = "db" } = options;
  const subject = options.backup ?? options.database ?? options.directory ?? "";
  const report = new Report("export", { subject, clock, onEvent });
  const startedAt = iso(clock.now());
  try {
    if (format === "db" && options.tables !== undefined) {
      throw new HoldfastError("USAGE", "Cannot export single tables as a database", {
        hint: "Leave the tables away, or choose the format csv, json or jsonl.",
      });
    }
    const result = await exportUnder(report, { ...options, clock, format });
    const { output, bytes, source } = result;
    const details = { output, format, bytes };
    await noteAfterwards({ outcome: "done", message: basename(source), details }, {
      options,
      report,
      clock,
      startedAt,
    });
    report.finished(`exported to ${result.output}`);
    return { ...result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(asExportError(error), "EXPORT_FAILED");
  }
}

function asExportError(error: unknown): unknown {
  const isCancelled = error instanceof HoldfastError && error.code === "CANCELLED" ||
    error instanceof DOMException && error.name === "AbortError";
  if (!isCancelled) return error;
  return new HoldfastError("EXPORT_CANCELLED", "Stopped before the export ended", {
    hint: "Nothing was written.",
    cause: error,
  });
}

interface Chosen extends ExportOptions {
  readonly format: "db" | TableFormat;
  readonly clock: Clock;
}

type Exported = Omit<ExportResult, "warnings">;

interface Source {
  readonly title: string;
  /** The staged file, alone. */
  readonly path: string;
  readonly record: BackupRecord | undefined;
}

async function exportUnder(report: Report, options: Chosen): Promise<Exported> {
  const { clock, force = false, format } = options;
  if (options.backup !== undefined) {
    await using backup = await openBackup(options);
    const { record, title } = backup;
    const at = record === undefined ? clock.now() : Temporal.Instant.from(record.createdAt);
    const named = record === undefined ? title : (await resolvePlace(options)).database;
    const output = await outputPath({ ...options, database: named, at, zone: clock.zone() });
    await refuseExisting(output, force);
    await using work = await workFolder(output);
    return await write(backup, { report, options, output, work });
  }
  const place = await resolvePlace(options);
  const { path, size } = await findDatabase(place.database);
  const at = clock.now();
  const output = await outputPath({ ...options, database: path, at, zone: clock.zone() });
  await refuseExisting(output, force);
  await using work = await workFolder(output);
  await refuseWithoutRoom(work.path, format === "db" ? size : 2 * size);
  await makePrivateDir(join(work.path, "source"));
  const destination = join(work.path, "source", "snapshot.db");
  const busyMs = options.busyMs ?? 30_000;
  await runJob("snapshot", { source: path, destination, engine: "auto", busyMs }, {
    grant: liveGrant(path, work.path),
    signal: options.signal,
    onProgress: report.engine(),
  });
  const source = { title: path, path: destination, record: undefined };
  return await write(source, { report, options, output, work });
}

interface WriteWork {
  readonly report: Report;
  readonly options: Chosen;
  readonly output: string;
  readonly work: { readonly path: string };
}

async function write(source: Source, work: WriteWork): Promise<Exported> {
  const { options: { format } } = work;
  return format === "db" ? await writeDatabase(source, work) : await writeTables(source, work);
}

/** A copy that passed a check. */
async function writeDatabase(source: Source, work: WriteWork): Promise<Exported> {
  const { report, options, output, work: { path: folder } } = work;
  const finished = join(folder, "export.db");
  const body = await fileBody(source.path);
  await refuseWithoutRoom(folder, body.size);
  await writeFileAtomic(finished, body.stream(), {
    signal: options.signal,
    onProgress: (done) =>
      report.progress({ phase: "write", done, total: body.size, unit: "bytes" }),
  });
  await using prover = startProver(folder);
  const proof = { verify: "quick" } as const;
  const proved = await proveFile(prover, {
    path: finished,
    options: proof,
    report,
    signal: options.signal,
  });
  const [fault] = [...hashFaults(proved, source.record), ...judge(proved, proof).faults];
  if (fault !== undefined) {
    const code = options.backup === undefined ? "DATABASE_CORRUPT" : "BACKUP_INVALID";
    throw new HoldfastError(code, `Cannot export "${source.title}": ${fault}`, {
      hint: "Nothing was written. `holdfast verify --all` shows which backups are good.",
    });
  }
  await putInPlace(finished, output, work.work);
  const { title } = source;
  return { source: title, output, format: "db", bytes: body.size, tables: [] };
}

async function writeTables(source: Source, work: WriteWork): Promise<Exported> {
  const { report, options, output } = work;
  const format = options.format === "db" ? "csv" : options.format;
  const folder = join(work.work.path, "tables");
  await makePrivateDir(folder);
  const written = await runJob("export", {
    path: source.path,
    folder,
    format,
    tables: options.tables,
  }, {
    grant: {
      read: [source.path, work.work.path, ...sidecarsOf(source.path)],
      write: [source.path, work.work.path, ...sidecarsOf(source.path)],
    },
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
  await describe(written, folder, { source: basename(source.title), format, clock: options.clock });
  await putInPlace(folder, output, work.work);
  const bytes = written.tables.reduce((sum, table) => sum + table.bytes, 0);
  return { source: source.title, output, format, bytes, tables: written.tables };
}

function sidecarsOf(path: string): string[] {
  return ["-wal", "-shm", "-journal"].map((suffix) => `${path}${suffix}`);
}

/** `export.json` says which file holds which table; `schema.sql` makes them again. */
async function describe(
  { encoding, tables, schema }: ExportJobResult,
  folder: string,
  about: { readonly source: string; readonly format: TableFormat; readonly clock: Clock },
): Promise<void> {
  const { source, format, clock } = about;
  const list = { version: 1, source, exportedAt: iso(clock.now()), format, encoding, tables };
  await writeFileAtomic(join(folder, EXPORT_LIST), `${JSON.stringify(list, null, 2)}\n`);
  await writeFileAtomic(join(folder, "schema.sql"), schema);
  await syncDir(folder);
}
