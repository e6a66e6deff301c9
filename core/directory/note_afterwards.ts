/**
 * Logs what needed no backup directory to be done: an export, a look at the live database.
 *
 * @module
 */

import { join } from "node:path";
import { CATALOG_FILE } from "../catalog/catalog.ts";
import type { Run } from "../catalog/run.ts";
import type { Clock } from "../clock.ts";
import { isFile } from "../files/is_file.ts";
import { asHoldfastError, type Report } from "../report.ts";
import { openDirectory } from "./open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./place.ts";
import { noteRun, type RunEnd } from "./run_log.ts";

/** Whose log, and when it began. */
export interface AfterwardsOptions {
  readonly options: PlaceOptions & { readonly waitMs?: number | undefined };
  readonly report: Report;
  readonly clock: Clock;
  readonly startedAt: string;
}

/**
 * Into the log, where there is one. What was done stands, also where the log cannot be written
 * now: that is a warning.
 */
export async function noteAfterwards(
  end: RunEnd & Partial<Pick<Run, "code">>,
  { options, report, clock, startedAt }: AfterwardsOptions,
): Promise<void> {
  if (options.database === undefined && options.directory === undefined) return;
  try {
    const place = await resolvePlace(options);
    if (!await isFile(join(place.directory, CATALOG_FILE))) return;
    using open = await openDirectory(place, { report, clock, waitMs: options.waitMs });
    noteRun(report.job, { catalog: open.catalog, clock, startedAt }, end);
  } catch (error) {
    const { message } = asHoldfastError(error, "INTERNAL");
    report.warn({
      code: "NOT_LOGGED",
      message: `This ${report.job} is not in the log: ${message}`,
      hint: "Only the log misses it.",
    });
  }
}
