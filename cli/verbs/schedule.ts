/**
 * Sets and shows the schedule.
 *
 * @module
 */

import { basename } from "node:path";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { editConfigText } from "../../core/config/edit_config.ts";
import { databaseNamed, databaseNames, readConfigText } from "../../core/config/load_config.ts";
import { isThere } from "../../core/database_file.ts";
import { nearestWord } from "../../core/extend/nearest_word.ts";
import { parseConfig } from "../../core/config/parse_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../core/files/atomic_file.ts";
import { type CheckedSchedule, readSchedule } from "../../core/schedule/schedule.ts";
import { nextRuns } from "../../core/schedule/schedule_runs.ts";
import { describeSchedule } from "../../core/schedule/schedule_words.ts";
import { chooseDatabases } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

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
  if (database !== undefined) await databaseNamed(await run.config(), database);
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
  { verb, count }: { readonly verb: "show" | "next"; readonly count: number },
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
  return { verb: `schedule ${verb}`, data: { schedules: data }, text };
}

/** A database with its schedule. */
export interface Scheduled {
  readonly name: string;
  readonly database: ConfiguredDatabase;
  readonly schedule: CheckedSchedule;
}

/** The named databases, or all of the configuration. */
export async function scheduled(
  run: Run,
  names: readonly string[],
): Promise<readonly Scheduled[]> {
  const databases = await chooseDatabases(run, names, {});
  for (const { name, path } of databases) {
    if (name === undefined && names.length > 0 && !await isThere(path)) await refuseName(run, path);
  }
  return databases.map((database) => ({
    name: database.name ?? basename(database.path),
    database,
    schedule: readSchedule(database.settings.schedule, { zone: run.clock.zone() }),
  }));
}

/** A name that the configuration does not know, and no file has. */
async function refuseName(run: Run, path: string): Promise<never> {
  const near = nearestWord(basename(path), databaseNames(await run.config()));
  throw new HoldfastError("DATABASE_MISSING", `Cannot find the database "${path}"`, {
    hint: near === undefined
      ? "Name a database of the configuration: holdfast config list"
      : `Did you mean "${near}"?`,
  });
}

/** Writes it, once the whole file would still be right. */
async function change(run: Run, database: string | undefined, value: unknown): Promise<string> {
  const { found } = await run.config();
  if (found === undefined) {
    throw new HoldfastError("CONFIG_INVALID", "Cannot set a schedule: there is no configuration", {
      hint: "Write one first: holdfast init",
    });
  }
  if (database !== undefined) await databaseNamed(await run.config(), database);
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
