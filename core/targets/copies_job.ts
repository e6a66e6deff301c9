/**
 * What the verbs that work with the copies of one target do around their work.
 *
 * @module
 */

import { basename, extname } from "node:path";
import { Catalog } from "../catalog/catalog.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { EventListener, JobName } from "../events.ts";
import { type Place, type PlaceOptions, resolvePlace } from "../directory/place.ts";
import { Report, type Warning } from "../report.ts";
import type { OpenTarget } from "./open_target.ts";
import { knownPrefix } from "./owner.ts";
import { type FoundCopies, readCopies } from "./read_copies.ts";
import { targetFailure } from "./target_failure.ts";
import { signalOf, type TargetRetry, type TargetWork, targetWork } from "./target_work.ts";

/** What such a verb is given beside its own. */
export interface CopiesOptions extends PlaceOptions {
  /** The target. */
  readonly target: OpenTarget;
  /** Whose copies, where the target holds those of several databases: a beginning of their prefix. */
  readonly copies?: string | undefined;
  /** How often and how slowly what failed is tried again. */
  readonly retry?: TargetRetry | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What the work has. */
export interface CopiesWork extends TargetWork {
  readonly place: OpenTarget;
  /** Where the backups lie here. */
  readonly here: Place;
}

/** Prepares, reads what is on the target, reports. Takes no lock. */
export async function copiesJob<T>(
  job: JobName,
  options: CopiesOptions,
  work: (
    found: FoundCopies,
    work: CopiesWork,
  ) => Promise<{ readonly result: T; readonly summary: string }>,
): Promise<{ readonly result: T; readonly warnings: readonly Warning[] }> {
  const { clock = systemClock, onEvent, target: place } = options;
  const report = new Report(job, { subject: place.name, clock, onEvent });
  try {
    const here = await resolvePlace(options);
    const shared = { report, clock, signal: signalOf(options.signal), retry: options.retry };
    const own: CopiesWork = { ...targetWork(place, shared), here };
    const found = await readCopies(own, wantedOf(here, options));
    const { result, summary } = await work(found, own);
    report.finished(summary);
    return { result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(
      targetFailure(error, { name: place.name, doing: "fetch" }),
      "TARGET_FAILED",
    );
  }
}

/** Whose copies are meant: as told, as the catalog knows, or by the name of the database. */
export function wantedOf(
  { database, directory }: Place,
  { copies }: Pick<CopiesOptions, "copies">,
): { readonly prefix?: string | undefined; readonly name?: string | undefined } {
  if (copies !== undefined) return { prefix: copies };
  using catalog = Catalog.openToRead(directory);
  const prefix = knownPrefix(catalog);
  return prefix === undefined ? { name: basename(database, extname(database)) } : { prefix };
}
