/**
 * Sets and shows the schedule, and takes the run that is due.
 *
 * @module
 */

import { basename } from "node:path";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { editConfigText } from "../../core/config/edit_config.ts";
import { readConfigText } from "../../core/config/load_config.ts";
import { parseConfig } from "../../core/config/parse_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../core/files/atomic_file.ts";
import { readLog } from "../../core/log.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { type CheckedSchedule, readSchedule } from "../../core/schedule/schedule.ts";
import { dueRun, nextAttempt, nextRuns } from "../../core/schedule/schedule_runs.ts";
import { describeSchedule } from "../../core/schedule/schedule_words.ts";
import { watchHistory } from "../../core/watch/watch_history.ts";
import { chooseDatabases } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { takeOne } from "./backup.ts";

/** The options of `schedule set`. */
export interface ScheduleFlags {
  readonly database?: string | undefined;
  readonly at?: string | undefined;
  readonly day?: string | undefined;
  readonly cron?: string | undefined;
  readonly zone?: string | undefined;
  readonly jitter?: string | undefined;
  readonly quietWindow?: string | undefined;
  readonly retentionDays?: number | undefined;
}

/** Switches the schedule on with what is given; everything is checked before it is written. */
export async function scheduleSet(run: Run, flags: ScheduleFlags): Promise<Outcome> {
  const { database, at, day, cron, zone, jitter, quietWindow: quiet, retentionDays } = flags;
  const given = { at, day, cron, zone, jitter, quiet, retentionDays };
  if (flags.cron !== undefined && (flags.at ?? flags.day) !== undefined) {
    throw new HoldfastError("USAGE", "Cannot use --cron together with --at or --day", {
      hint: "A cron expression has its own time and days.",
    });
  }
  const kind = flags.cron !== undefined ? "cron" : flags.day !== undefined ? "weekly" : "daily";
  const wanted = Object.fromEntries(
    Object.entries({ enabled: true, kind, ...given }).filter(([, value]) => value !== undefined),
  );
  const checked = readSchedule(wanted, { zone: run.clock.zone() });
  const path = await change(run, database, wanted);
  const [next] = nextRuns(checked, run.clock.now(), 1);
  return {
    verb: "schedule set",
    data: { path, schedule: wanted, next: next?.toString() ?? null },
    text: `${describeSchedule(checked)}; next: ${localTime(run, next)}`,
    note: "It runs by: holdfast schedule install (a timer of the system), or holdfast watch",
  };
}

/** Switches it off; its times stay for the next time. */
export async function scheduleOff(run: Run, database: string | undefined): Promise<Outcome> {
  const [first] = await scheduled(run, database === undefined ? [] : [database]);
  const path = await change(run, database, {
    ...first?.database.settings.schedule,
    enabled: false,
  });
  return { verb: "schedule off", data: { path }, text: "The schedule is off" };
}

/** Shows it, or its next runs. */
export async function scheduleShow(
  run: Run,
  names: readonly string[],
  count: number,
): Promise<Outcome> {
  const all = await scheduled(run, names);
  const now = run.clock.now();
  const data = all.map(({ name, schedule, database }) => ({
    database: database.path,
    name,
    enabled: schedule.enabled,
    schedule: describeSchedule(schedule),
    next: nextRuns(schedule, now, count, { seed: database.path }),
  }));
  const text = data.map(({ name, schedule, next }) => {
    const times = next.map((each) => `\n  ${localTime(run, each)}`).join("");
    return `${escapeText(name)}: ${schedule}${times}`;
  }).join("\n");
  return { verb: "schedule show", data: { schedules: data }, text };
}

/** Takes what is due, for the timers of a system; says nothing where nothing is. */
export async function scheduleRun(run: Run, names: readonly string[]): Promise<Outcome> {
  const taken: string[] = [];
  const failed: HoldfastError[] = [];
  for (const { database, schedule } of await scheduled(run, names)) {
    if (!await isDue(run, database, schedule)) continue;
    try {
      const { name } = await takeOne(run, database, { reason: "auto:schedule", ifChanged: true });
      taken.push(name);
    } catch (error) {
      if (!(error instanceof HoldfastError) || run.signal.aborted) throw error;
      failed.push(error);
    }
  }
  const [first] = failed;
  const exitCode = first === undefined ? 0 : taken.length > 0 ? PARTLY : exitCodeOf(first.code);
  const errors = failed.map(({ code, message }) => ({ code, message }));
  return {
    verb: "schedule run",
    data: { taken, errors },
    text: [...taken, ...errors.map(({ code, message }) => `error ${code}: ${message}`)].join("\n"),
    exitCode,
  };
}

/** Due by the schedule, or to be tried again after a failure. */
async function isDue(
  run: Run,
  { path, settings }: ConfiguredDatabase,
  schedule: CheckedSchedule,
): Promise<boolean> {
  const now = run.clock.now();
  const place = await resolvePlace({ database: path, directory: settings.directory });
  const { scheduledAt } = await watchHistory(place.directory);
  if (dueRun(schedule, { lastRunAt: scheduledAt, now, seed: path }) !== undefined) return true;
  if (!schedule.enabled || scheduledAt === undefined) return false;
  const runs = await readLog({ ...place, job: "backup" });
  const ended = runs.filter(({ outcome }) => outcome !== "running" && outcome !== "cancelled");
  const well = ended.findIndex(({ outcome }) => outcome !== "failed");
  const failures = well < 0 ? ended.length : well;
  const [last] = ended;
  if (failures === 0 || last?.details.reason !== "auto:schedule") return false;
  const again = nextAttempt(failures, Temporal.Instant.from(last.startedAt), now);
  return Temporal.Instant.compare(again, now) <= 0;
}

async function scheduled(run: Run, names: readonly string[]): Promise<
  readonly {
    readonly name: string;
    readonly database: ConfiguredDatabase;
    readonly schedule: CheckedSchedule;
  }[]
> {
  const databases = await chooseDatabases(run, names, {});
  return databases.map((database) => ({
    name: database.name ?? basename(database.path),
    database,
    schedule: readSchedule(database.settings.schedule, { zone: run.clock.zone() }),
  }));
}

/** Writes it, once the whole file would still be right. */
async function change(run: Run, database: string | undefined, value: unknown): Promise<string> {
  const { found } = await run.config();
  if (found === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot set a schedule: there is no configuration", {
      hint: "Write one first: holdfast init",
    });
  }
  const key = database === undefined ? "schedule" : `databases.${database}.schedule`;
  const text = await readConfigText(found.path);
  const edited = await editConfigText(text, { key, value }, found.path);
  await parseConfig(edited, found.path);
  const real = await Deno.realPath(found.path);
  const { mode } = await Deno.stat(real);
  await writeFileAtomic(real, edited, { mode: mode === null ? undefined : mode & 0o777 });
  return found.path;
}

function localTime(run: Run, instant: Temporal.Instant | undefined): string {
  if (instant === undefined) return "none";
  return instant.toZonedDateTimeISO(run.clock.zone())
    .toString({ smallestUnit: "minute", timeZoneName: "never" }).replace("T", " ");
}
