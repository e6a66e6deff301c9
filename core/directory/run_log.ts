/**
 * Writes a run into the catalog's log when it begins and when it ends.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { Run } from "../catalog/run.ts";
import type { Clock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import type { JobName } from "../events.ts";
import { hostName } from "../files/directory_lock.ts";
import { iso } from "../artifact/new_record.ts";
import { asHoldfastError } from "../report.ts";

/** How a run ended. */
export type RunEnd = Pick<Run, "outcome"> & Partial<Pick<Run, "backupId" | "message" | "details">>;

/** Where and when it is logged, and what is known before it begins. */
interface LogPlace {
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Stays with the run however it ends. */
  readonly details?: Run["details"] | undefined;
}

/** Does the work between the two lines; a failure is logged and thrown on. */
export async function logged<T>(
  job: JobName,
  { catalog, clock, details = {} }: LogPlace,
  work: () => Promise<{ readonly result: T; readonly end: RunEnd }>,
): Promise<T> {
  const run: Run = {
    id: crypto.randomUUID(),
    job,
    startedAt: iso(clock.now()),
    finishedAt: null,
    outcome: "running",
    code: null,
    message: null,
    backupId: null,
    host: hostName(),
    details,
  };
  catalog.putRun(run);
  try {
    const { result, end } = await work();
    const all = { ...details, ...end.details };
    catalog.putRun({ ...run, ...end, details: all, finishedAt: iso(clock.now()) });
    return result;
  } catch (error) {
    const { code, message } = asHoldfastError(error, "INTERNAL");
    const outcome = code === "CANCELLED" ? "cancelled" : "failed";
    const end = { ...run, outcome, code, message, finishedAt: iso(clock.now()) } as const;
    throw noteEnd(() => catalog.putRun(end), error);
  }
}

/** Gives the error back; where the disk is full, the log line cannot be written either. */
function noteEnd(note: () => void, error: unknown): unknown {
  try {
    note();
    return error;
  } catch (cause) {
    const first = asHoldfastError(error, "INTERNAL");
    return new HoldfastError(first.code, first.message, { hint: first.hint, cause });
  }
}
