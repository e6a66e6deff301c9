/**
 * Takes the runs that are due and looks after the collection: what a timer calls.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { Place } from "../../core/directory/place.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { parseDuration } from "../../core/words/duration_expression.ts";
import { isQuiet } from "../../core/schedule/schedule_runs.ts";
import { readRecords } from "../../core/list.ts";
import { watchHistory } from "../../core/watch/watch_history.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import { isRunDue, noteAttempt } from "../run_due.ts";
import type { Run } from "../session.ts";
import { tellHealth } from "../tell_health.ts";
import { takeOne } from "./take_one.ts";
import { type Scheduled, scheduled } from "./schedule.ts";
import { verifyCollection } from "./verify_collection.ts";
import { verifyTargets } from "./verify_targets.ts";

/** The options of the command. */
export interface ScheduleRunFlags {
  readonly verifyEvery?: string | undefined;
}

/** What was done. */
interface Done {
  readonly taken: string[];
  readonly verified: string[];
  readonly failed: HoldfastError[];
}

/** Takes what is due, for the timers of a system; says nothing where nothing is. */
export async function scheduleRun(
  run: Run,
  names: readonly string[],
  { verifyEvery = "7d" }: ScheduleRunFlags,
): Promise<Outcome> {
  const every = verifyEvery === "off" ? undefined : parseDuration(verifyEvery);
  const done: Done = { taken: [], verified: [], failed: [] };
  for (const each of await scheduled(run, names)) {
    if (each.schedule.enabled) await lookAfter(run, each, { done, every });
  }
  const { taken, verified, failed } = done;
  const [first] = failed;
  const isPartly = taken.length + verified.length > 0;
  const errors = failed.map(({ code, message }) => ({ code, message }));
  return {
    verb: "schedule run",
    data: { taken, verified, errors },
    text: [
      ...taken,
      ...verified,
      ...errors.map(({ code, message }) => `error ${code}: ${message}`),
    ].join("\n"),
    exitCode: first === undefined ? 0 : isPartly ? PARTLY : exitCodeOf(first.code),
  };
}

async function lookAfter(
  run: Run,
  { name, database, schedule }: Scheduled,
  { done, every }: { readonly done: Done; readonly every: Temporal.Duration | undefined },
): Promise<void> {
  const trying = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HoldfastError) || run.signal.aborted) throw error;
      done.failed.push(error);
    }
  };
  await trying(async () => {
    if (!await isRunDue(run, database, schedule)) return;
    await noteAttempt(run, database, async () => {
      const flags = { reason: "auto:schedule", ifChanged: true } as const;
      done.taken.push((await takeOne(run, database, flags)).name);
    });
  });
  await trying(async () => {
    const { path, settings } = database;
    const place = await resolvePlace({ database: path, directory: settings.directory });
    const now = run.clock.now();
    if (!isQuiet(now, schedule) && await isCheckDue(place, { every, now })) {
      done.verified.push(`${name}: ${await verifyCollection(run, { database, place })}`);
    }
  });
  await trying(async () => {
    const { path, settings } = database;
    const place = await resolvePlace({ database: path, directory: settings.directory });
    const { verified, failed } = await verifyTargets(run, { database, place });
    done.verified.push(...verified.map((line) => `${name}: ${line}`));
    done.failed.push(...failed);
    await tellHealth(run, { database, place });
  });
}

/** The last check, or without one the oldest backup, is older than that. */
async function isCheckDue(
  { directory }: Place,
  { every, now }: { readonly every: Temporal.Duration | undefined; readonly now: Temporal.Instant },
): Promise<boolean> {
  if (every === undefined) return false;
  const { verifiedAt } = await watchHistory(directory);
  const oldest = (await readRecords(directory)).at(-1)?.createdAt;
  const last = verifiedAt ?? (oldest === undefined ? undefined : Temporal.Instant.from(oldest));
  if (last === undefined) return false;
  const due = last.toZonedDateTimeISO("UTC").add(every).toInstant();
  return Temporal.Instant.compare(due, now) <= 0;
}
