/**
 * What every verb that changes a backup directory does around its work.
 *
 * @module
 */

import { type Clock, systemClock } from "../clock.ts";
import { type ErrorCode, HoldfastError } from "../errors.ts";
import type { EventListener, JobName } from "../events.ts";
import { isDirectory } from "../files/is_file.ts";
import { mirror, type OpenDirectory, openDirectory } from "./open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./place.ts";
import { Report, type Warning } from "../report.ts";
import { logged, type RunEnd } from "./run_log.ts";

/** What such a verb is given beside its own. */
export interface DirectoryJobOptions extends PlaceOptions {
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it between two steps. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What the work has. */
export interface DirectoryWork {
  readonly open: OpenDirectory;
  readonly report: Report;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens and locks the directory, logs the run, mirrors the manifest, reports.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where there is no such directory; `LOCKED`,
 * `CANCELLED`, `PERMISSION_DENIED`, `BACKUP_LIST_FAILED`, `USAGE`.
 */
export async function directoryJob<T>(
  job: JobName,
  options: DirectoryJobOptions & { readonly otherwise?: ErrorCode | undefined },
  work: (work: DirectoryWork) => Promise<{ readonly result: T; readonly end: RunEnd }>,
): Promise<{ readonly result: T; readonly warnings: readonly Warning[] }> {
  const { clock = systemClock, onEvent, signal, waitMs, otherwise = "INTERNAL" } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report(job, { subject, clock, onEvent });
  try {
    const place = await resolvePlace(options);
    if (!await isDirectory(place.directory)) throw noDirectory(place.directory);
    using open = await openDirectory(place, { report, clock, signal, waitMs });
    let summary = "";
    const result = await logged(job, { catalog: open.catalog, clock }, async () => {
      const done = await work({ open, report, clock, signal });
      await mirror(open.catalog, report);
      summary = done.end.message ?? "";
      return done;
    });
    report.finished(summary);
    return { result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, otherwise);
  }
}

function noDirectory(directory: string): HoldfastError {
  return new HoldfastError("BACKUP_NOT_FOUND", `Cannot find backups: "${directory}" is no folder`, {
    hint: "Take the first one with: holdfast backup",
  });
}
