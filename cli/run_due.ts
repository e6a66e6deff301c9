/**
 * Whether a run of the schedule is due: by the catalog, or, where that is out of reach, by
 * what was kept of earlier attempts.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../core/config/load_config.ts";
import { resolvePlace } from "../core/directory/place.ts";
import { readLog } from "../core/log.ts";
import type { CheckedSchedule } from "../core/schedule/schedule.ts";
import { dueRun, nextAttempt } from "../core/schedule/schedule_runs.ts";
import { watchHistory } from "../core/watch/watch_history.ts";
import { keepAside, readAside } from "./kept_aside.ts";
import type { Run } from "./session.ts";

/** Attempts that no catalog knows. */
interface Attempts {
  readonly failures: number;
  /** When the last began. */
  readonly at: string;
}

/** Due by the schedule, or to be tried again after a failure, later each time. */
export async function isRunDue(
  run: Run,
  database: ConfiguredDatabase,
  schedule: CheckedSchedule,
): Promise<boolean> {
  const now = run.clock.now();
  const place = await resolvePlace(placeOf(database));
  const { scheduledAt } = await watchHistory(place.directory);
  const aside = await attemptsOf(run, database);
  const seed = database.path;
  if (dueRun(schedule, { lastRunAt: scheduledAt, now, seed }) !== undefined) {
    return aside === undefined || isTime(aside, now);
  }
  if (!schedule.enabled || scheduledAt === undefined) return false;
  const runs = await readLog({ ...place, job: "backup" });
  const ended = runs.filter(({ outcome }) => outcome !== "running" && outcome !== "cancelled");
  const well = ended.findIndex(({ outcome }) => outcome !== "failed");
  const failures = well < 0 ? ended.length : well;
  const [last] = ended;
  if (failures === 0 || last?.details.reason !== "auto:schedule") return false;
  return isTime({ failures, at: last.startedAt }, now);
}

/** Does the work; where it fails and no catalog notes it, it is noted aside. */
export async function noteAttempt(
  run: Run,
  database: ConfiguredDatabase,
  work: () => Promise<void>,
): Promise<void> {
  const began = run.clock.now();
  const before = await attemptsOf(run, database);
  try {
    await work();
  } catch (error) {
    const { directory } = await resolvePlace({ ...placeOf(database), adopt: true });
    const { scheduledAt } = await watchHistory(directory);
    const isNoted = scheduledAt !== undefined && Temporal.Instant.compare(scheduledAt, began) >= 0;
    const attempts: Attempts = { failures: (before?.failures ?? 0) + 1, at: began.toString() };
    if (!isNoted) await keepAside(run, keyOf(database), JSON.stringify(attempts));
    throw error;
  }
  if (before !== undefined) await keepAside(run, keyOf(database), undefined);
}

function isTime({ failures, at }: Attempts, now: Temporal.Instant): boolean {
  const again = nextAttempt(failures, Temporal.Instant.from(at), now);
  return Temporal.Instant.compare(again, now) <= 0;
}

async function attemptsOf(run: Run, database: ConfiguredDatabase): Promise<Attempts | undefined> {
  const text = await readAside(run, keyOf(database));
  return text === undefined ? undefined : JSON.parse(text) as Attempts;
}

function keyOf({ path }: ConfiguredDatabase): string {
  return `attempts ${path}`;
}

function placeOf(
  { path, settings }: ConfiguredDatabase,
): { readonly database: string; readonly directory: string | undefined } {
  return { database: path, directory: settings.directory };
}
