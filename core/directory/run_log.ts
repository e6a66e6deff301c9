/**
 * Writes runs into the catalog's log.
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
import { userName } from "./user_name.ts";

/** How a run ended. */
export type RunEnd = Pick<Run, "outcome"> & Partial<Pick<Run, "backupId" | "message" | "details">>;

/** Where and when it is logged, and what is known before it begins. */
interface LogPlace {
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Stays with the run however it ends. */
  readonly details?: Run["details"] | undefined;
  /** Hears why the end of what took effect could not be written; else that fails the run. */
  readonly unnoted?: ((cause: unknown) => void) | undefined;
}

/** Does the work between the two lines; a failure is logged and thrown on. */
export async function logged<T>(
  job: JobName,
  { catalog, clock, details = {}, unnoted }: LogPlace,
  work: () => Promise<{ readonly result: T; readonly end: RunEnd }>,
): Promise<T> {
  const run = { ...newRun(job, iso(clock.now())), details };
  catalog.putRun(run);
  try {
    const { result, end } = await work();
    const all = { ...details, ...end.details };
    try {
      catalog.putRun({ ...run, ...end, details: all, finishedAt: iso(clock.now()) });
    } catch (cause) {
      if (unnoted === undefined) throw cause;
      unnoted(cause);
    }
    return result;
  } catch (error) {
    const end = { ...run, ...failedEnd(error), finishedAt: iso(clock.now()) };
    throw noteEnd(() => catalog.putRun(end), error);
  }
}

/** Writes one line for what has ended; it began now, if `startedAt` does not tell. */
export function noteRun(
  job: JobName,
  { catalog, clock, startedAt }: Pick<LogPlace, "catalog" | "clock"> & {
    readonly startedAt?: string | undefined;
  },
  end: RunEnd & Partial<Pick<Run, "code">>,
): void {
  const now = iso(clock.now());
  catalog.putRun({ ...newRun(job, startedAt ?? now), ...end, finishedAt: now });
}

/** How a run ends that throws. */
export function failedEnd(error: unknown): Pick<Run, "outcome" | "code" | "message"> {
  const { code, message } = asHoldfastError(error, "INTERNAL");
  return { outcome: code === "CANCELLED" ? "cancelled" : "failed", code, message };
}

function newRun(job: JobName, startedAt: string): Run {
  return {
    id: crypto.randomUUID(),
    job,
    startedAt,
    finishedAt: null,
    outcome: "running",
    code: null,
    message: null,
    backupId: null,
    user: userName(),
    host: hostName(),
    details: {},
  };
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
