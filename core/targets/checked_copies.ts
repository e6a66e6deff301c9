/**
 * When the copies on a target were last checked by themselves, and whether that is due
 * again: by the catalog's log, so that a restart repeats nothing.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import type { Run } from "../catalog/run.ts";
import type { Clock } from "../clock.ts";
import { iso } from "../artifact/new_record.ts";
import { failedEnd, noteRun } from "../directory/run_log.ts";
import { isDirectory } from "../files/is_file.ts";
import { spanMs } from "../words/span_ms.ts";
import { copiesOf } from "./copies_table.ts";

/** What is known of the copies on a target. Instants are ISO 8601 in UTC. */
export interface CheckedCopies {
  /** The target. */
  readonly target: string;
  /** Copies that were found damaged or gone, and not yet sent again. */
  readonly bad: number;
  /** When the first of those that are there was stored; `null` without one. */
  readonly since: string | null;
  /** When they were last checked by themselves; a check that could not be made does not count. */
  readonly checkedAt: string | null;
  /** When that was last tried. */
  readonly triedAt: string | null;
  /** At the last check the key at hand did not open the newest copy. */
  readonly keyWrong: boolean;
}

/** Which target, how often. */
export interface CheckRule {
  /** Its name. */
  readonly target: string;
  /** Such as `7d`. */
  readonly every: string;
}

/** Milliseconds until a check that could not be made is tried again. */
const AGAIN_MS = 3_600_000;

/** What is known of each target that has, or had, copies. */
export function checkedCopies(catalog: Catalog, runs: readonly Run[]): readonly CheckedCopies[] {
  const rows = copiesOf(catalog);
  return [...new Set(rows.map(({ target }) => target))].map((target) => {
    const own = rows.filter((row) => row.target === target);
    const checks = runs.filter(({ job, outcome, details }) =>
      job === "verify" && details.checked === target && outcome !== "running"
    );
    const made = checks.find(isMade);
    return {
      target,
      bad: own.filter(({ state }) => state === "bad").length,
      since: own.map(({ storedAt }) => storedAt).filter((at) => at !== null).sort()[0] ?? null,
      checkedAt: made?.startedAt ?? null,
      triedAt: checks[0]?.startedAt ?? null,
      keyWrong: made?.code === "KEY_WRONG",
    };
  });
}

/** One that found something was made. */
function isMade({ outcome, code }: Run): boolean {
  return outcome === "done" || code === "BACKUP_INVALID" || code === "KEY_WRONG";
}

/**
 * Whether its copies are to be checked now: never without a copy, at once where they never
 * were; one that could not be made is tried again after an hour.
 */
export async function isCheckOfCopiesDue(
  directory: string,
  { target, every, clock }: CheckRule & { readonly clock: Clock },
): Promise<boolean> {
  if (!await isDirectory(directory)) return false;
  using catalog = Catalog.openToRead(directory);
  if (catalog === undefined) return false;
  const known = checkedCopies(catalog, catalog.runs({ jobs: ["verify"] }))
    .find((each) => each.target === target);
  if (known === undefined || known.since === null && known.bad === 0) return false;
  const now = clock.now();
  const ms = spanMs(every);
  return isOver(known.checkedAt, ms, now) && isOver(known.triedAt, Math.min(ms, AGAIN_MS), now);
}

/** Does the check, and notes how it went: the next one is due by that. */
export async function notedCheck(
  directory: string,
  { target, clock }: { readonly target: string; readonly clock: Clock },
  work: () => Promise<string>,
): Promise<string> {
  const startedAt = iso(clock.now());
  const details = { checked: target };
  const note = (end: Parameters<typeof noteRun>[2]): void => {
    using catalog = Catalog.openToWrite(directory);
    noteRun("verify", { catalog, clock, startedAt }, { ...end, details });
  };
  try {
    const message = await work();
    note({ outcome: "done", message });
    return message;
  } catch (error) {
    note(failedEnd(error));
    throw error;
  }
}

/** Whether so much time passed since then; what lies in the future, by a wrong clock, is old. */
function isOver(then: string | null, ms: number, now: Temporal.Instant): boolean {
  if (then === null) return true;
  const age = now.epochMilliseconds - Date.parse(then);
  return age >= ms || age < -ms;
}
