/**
 * What every export does around its writing: finds the source, chooses the name, works in a
 * private folder, gives what is finished its name, and logs it.
 *
 * @module
 */

import { basename } from "node:path";
import { type Clock, systemClock } from "../clock.ts";
import { findDatabase, liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import { HoldfastError } from "../errors.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Formats } from "../artifact/formats.ts";
import { iso } from "../artifact/new_record.ts";
import { openBackup } from "../artifact/open_backup.ts";
import { noteAfterwards } from "../directory/note_afterwards.ts";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";
import { refuseOwnFiles } from "../directory/refuse_own_files.ts";
import { failedEnd } from "../directory/run_log.ts";
import type { EventListener } from "../events.ts";
import type { UnpackedFile } from "../extend/format.ts";
import { makePrivateDir } from "../files/atomic_file.ts";
import type { Staging } from "../files/staging.ts";
import { asHoldfastError, Report, type Warning } from "../report.ts";
import { outputPath, putInPlace, refuseExisting, workFolder } from "./export_output.ts";

/** What every export is given. */
export interface ExportPlaceOptions extends PlaceOptions {
  /** A backup: an id, a name, an unambiguous beginning, `latest` or a path. Without it the live database. */
  readonly backup?: string | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /** A file, or a folder for tables; in a folder that exists, inside it. */
  readonly output?: string | undefined;
  /** Replace an earlier export. */
  readonly force?: boolean | undefined;
  /** Milliseconds to wait for a lock of the live database; 30,000 by default. */
  readonly busyMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory, to log it; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What is written from, and where. */
export interface ExportWork<O extends ExportPlaceOptions = ExportPlaceOptions> {
  readonly options: O;
  readonly report: Report;
  readonly clock: Clock;
  /** The source for people: the database, or the backup by name or path. */
  readonly title: string;
  /** The staged source, alone in its folder. */
  readonly path: string;
  readonly record: BackupRecord | undefined;
  /** The files beside the database of a packed backup, where the writer takes them. */
  readonly files: readonly UnpackedFile[];
  /** The live database; `undefined` where a backup is exported. */
  readonly live: string | undefined;
  /** What is no content of the database: its backups, and what is being written. */
  readonly never: readonly string[];
  /** The instant of the content. */
  readonly at: Temporal.Instant;
  /** A private folder beside the output. */
  readonly work: Staging;
}

/** What was written, not yet under its name. */
export interface Written {
  /** The file or folder, in the private folder. */
  readonly finished: string;
  /** Bytes of all files. */
  readonly bytes: number;
}

/** What an export gives back. */
export interface ExportedPlace {
  /** The database, or the backup by name or path. */
  readonly source: string;
  /** Absolute path of the file or folder. */
  readonly output: string;
  /** Bytes of all files. */
  readonly bytes: number;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/** A way to write. */
export interface ExportWriter<O extends ExportPlaceOptions, W extends Written> {
  /** As the log calls it. */
  readonly format: string;
  /** What the name ends with; a file where it begins with a point. */
  readonly suffix: string;
  /** The files of a packed backup are wanted too. */
  readonly withFiles?: boolean | undefined;
  /** How many times the size of the database is needed beside the output. */
  readonly room: number;
  readonly write: (work: ExportWork<O>) => Promise<W>;
}

/** Does it. A live database is copied as one committed state first. */
export async function exportJob<O extends ExportPlaceOptions, W extends Written>(
  options: O,
  writer: ExportWriter<O, W>,
): Promise<W & ExportedPlace> {
  const { clock = systemClock, onEvent } = options;
  const subject = options.backup ?? options.database ?? options.directory ?? "";
  const report = new Report("export", { subject, clock, onEvent });
  const note = { options, report, clock, startedAt: iso(clock.now()) };
  const { format } = writer;
  let done: W & Omit<ExportedPlace, "warnings">;
  try {
    done = await exportUnder({ options, report, clock }, writer);
  } catch (cause) {
    const error = asExportError(cause);
    await noteAfterwards({ ...endOf(error), details: { format } }, {
      ...note,
      // Whoever waits for the answer shall not wait for another run's end.
      options: { ...options, waitMs: Math.min(options.waitMs ?? NOTE_MS, NOTE_MS) },
    });
    throw report.failed(error, "EXPORT_FAILED");
  }
  const { output, bytes, source } = done;
  const details = { output, format, bytes };
  await noteAfterwards({ outcome: "done", message: basename(source), details }, note);
  report.finished(`exported to ${output}`);
  return { ...done, warnings: report.warnings };
}

/** Milliseconds that the line of a failed export waits for its place in the log. */
const NOTE_MS = 2_000;

function endOf(error: unknown): ReturnType<typeof failedEnd> {
  const end = failedEnd(asHoldfastError(error, "EXPORT_FAILED"));
  return end.code === "EXPORT_CANCELLED" ? { ...end, outcome: "cancelled" } : end;
}

type Job<O extends ExportPlaceOptions> = Pick<ExportWork<O>, "options" | "report" | "clock">;

async function exportUnder<O extends ExportPlaceOptions, W extends Written>(
  job: Job<O>,
  writer: ExportWriter<O, W>,
): Promise<W & Omit<ExportedPlace, "warnings">> {
  const { options, clock, report } = job;
  const { suffix } = writer;
  const finish = async (
    source: Omit<ExportWork, "options" | "report" | "clock">,
    output: string,
  ) => {
    const written = await writer.write({ ...job, ...source });
    await putInPlace(written.finished, output, source.work);
    return { ...written, source: source.title, output };
  };
  if (options.backup !== undefined) {
    await using backup = await openBackup({ ...options, withFiles: writer.withFiles });
    const { record, title, path, files } = backup;
    const at = record === undefined ? clock.now() : Temporal.Instant.from(record.createdAt);
    const database = record === undefined ? title : (await resolvePlace(options)).database;
    const output = await chooseOutput({ ...job, database, suffix, at });
    await using work = await workFolder(output, report);
    const source = { path, title, record, files, live: undefined, never: [], at, work };
    return await finish(source, output);
  }
  const { database, directory } = await resolvePlace(options);
  const { path, size } = await findDatabase(database);
  const at = clock.now();
  const output = await chooseOutput({ ...job, database: path, suffix, at });
  await using work = await workFolder(output, report);
  await refuseWithoutRoom(work.path, writer.room * size);
  const copy = await copyLive(path, { ...job, work });
  const never = [directory, output, work.path];
  const source = { path: copy, title: path, record: undefined, files: [], live: path, never };
  return await finish({ ...source, at, work }, output);
}

async function chooseOutput(
  { options, clock, ...choice }: Job<ExportPlaceOptions> & {
    readonly database: string;
    readonly suffix: string;
    readonly at: Temporal.Instant;
  },
): Promise<string> {
  const output = await outputPath({ ...choice, output: options.output, zone: clock.zone() });
  if (options.database !== undefined || options.directory !== undefined) {
    await refuseOwnFiles(output, "export to", await resolvePlace(options));
  }
  await refuseExisting(output, options.force ?? false);
  return output;
}

async function copyLive(
  path: string,
  { options, report, work }: Pick<ExportWork, "options" | "report" | "work">,
): Promise<string> {
  const destination = work.file("source/snapshot.db");
  await makePrivateDir(work.file("source"));
  const busyMs = options.busyMs ?? 30_000;
  await runJob("snapshot", { source: path, destination, engine: "auto", busyMs }, {
    grant: liveGrant(path, work.path),
    signal: options.signal,
    onProgress: report.engine(),
  });
  return destination;
}

function asExportError(error: unknown): unknown {
  const isCancelled = error instanceof HoldfastError && error.code === "CANCELLED" ||
    error instanceof DOMException && error.name === "AbortError";
  if (error instanceof HoldfastError && error.code === "BACKUP_FAILED") {
    const { message, hint } = error;
    return new HoldfastError("EXPORT_FAILED", message, { hint, cause: error });
  }
  if (!isCancelled) return error;
  return new HoldfastError("EXPORT_CANCELLED", "Stopped before the export ended", {
    hint: "Nothing was written.",
    cause: error,
  });
}
