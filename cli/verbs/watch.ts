/**
 * The process that stays: watches every database until it is stopped.
 *
 * @module
 */

import { basename, join } from "node:path";
import type { ConfiguredDatabase, LoadedConfig } from "../../core/config/load_config.ts";
import { loadConfig } from "../../core/config/load_config.ts";
import { isThere } from "../../core/database_file.ts";
import { parseDuration } from "../../core/words/duration_expression.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { WarningEvent } from "../../core/events.ts";
import { makePrivateDir } from "../../core/files/atomic_file.ts";
import { lockDirectory } from "../../core/files/directory_lock.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { asHoldfastError } from "../../core/report.ts";
import { readSchedule } from "../../core/schedule/schedule.ts";
import { systemTimers } from "../../core/timers.ts";
import type { WatchPlan } from "../../core/watch/duty.ts";
import { watchDatabase } from "../../core/watch/watch_database.ts";
import { markWatch } from "../../core/watch/watch_mark.ts";
import { chooseDatabases } from "../choose_database.ts";
import type { Outcome } from "../printer.ts";
import { serviceNotify } from "../service_notify.ts";
import type { Run } from "../session.ts";
import { type WatchLine, type WatchLog, watchLog } from "../watch_log.ts";
import { type WatchedPlace, watchWork } from "./watch_work.ts";

/** The options of the command. */
export interface WatchFlags {
  readonly every?: string | undefined;
  readonly onChange?: boolean | undefined;
  readonly quietFor?: string | undefined;
  readonly atMostEvery?: string | undefined;
  readonly verifyEvery?: string | undefined;
}

/** The lock that keeps a second watcher out; backups have their own. */
const WATCH_LOCK = ".lock-watch";
/** Milliseconds between two looks at the configuration file, and at a missing disk. */
const LOOK_MS = 5_000;

/** Watches until a signal ends it. A changed configuration is read again; a wrong one is told. */
export async function watchVerb(
  run: Run,
  names: readonly string[],
  flags: WatchFlags,
): Promise<Outcome> {
  const { json, quiet, screen, around } = run.session;
  const log = watchLog(screen, { json, quiet, clock: run.clock });
  const since = run.clock.now().toString({ fractionalSecondDigits: 3 });
  const service = serviceNotify(around.env, (why) => {
    log({ level: "warning", message: `Cannot tell systemd: ${why}` });
  });
  planOf("", { flags, every: "4h", schedule: {}, zone: "UTC" });
  let config = await run.config();
  let stamp = await configStamp(config);
  await using _signs = signsOfLife(run, service);
  for (let generation = 0; !run.signal.aborted; generation++) {
    const now = config;
    const again: Run = {
      ...run,
      printer: printerOf(run, log),
      config: () => Promise.resolve(now),
    };
    const { directory } = run.globals;
    const databases = await chooseDatabases(
      again,
      names,
      directory === undefined ? {} : { directory },
    );
    const drain = new AbortController();
    const watching = databases.map((database) =>
      watchOne(again, database, { flags, since, drain: drain.signal, log })
    );
    const ended = Promise.all(watching);
    if (generation === 0) {
      const names = databases.map(nameOf).join(", ");
      log({ level: "info", message: `Watching ${names}` });
      await service.send("READY=1", `STATUS=Watching ${names}`);
    }
    const changed = waitForConfig(again, { stamp, log, signal: run.signal });
    try {
      const next = await Promise.race([changed, ended.then(() => undefined)]);
      if (next === undefined) break;
      config = next.config;
      stamp = next.stamp;
      log({ level: "info", message: "The configuration changed" });
    } finally {
      drain.abort();
      await Promise.allSettled(watching);
    }
  }
  await service.send("STOPPING=1");
  log({ level: "info", message: "Stopped" });
  return { verb: "watch", data: { since }, exitCode: 0 };
}

/** The log tells how things ended; of the events people get only the warnings. */
function printerOf({ session, printer }: Run, log: WatchLog): Run["printer"] {
  if (session.json) return printer;
  return {
    ...printer,
    event: (event) => {
      if (event.type === "warning") log({ level: "warning", ...said(event) });
    },
    note: (message) => log({ level: "info", message: message.trim() }),
  };
}

function said({ message, hint }: WarningEvent): Pick<WatchLine, "message" | "hint"> {
  return { message, hint };
}

interface OneOptions {
  readonly flags: WatchFlags;
  readonly since: string;
  readonly drain: AbortSignal;
  readonly log: WatchLog;
}

/** Watches one database as its only watcher. Throws `LOCKED` where there is another. */
async function watchOne(
  run: Run,
  database: ConfiguredDatabase,
  { flags, since, drain, log }: OneOptions,
): Promise<void> {
  const name = nameOf(database);
  const { settings, path } = database;
  const stop = AbortSignal.any([run.signal, drain]);
  const place = await resolvePlace({ database: path, directory: settings.directory });
  using lock = await lockWhenThere(run, place, { stop, log, name });
  if (lock === undefined) return;
  const { every } = settings.automate;
  const zone = run.clock.zone();
  const plan = planOf(place.database, { flags, every, schedule: settings.schedule, zone });
  const watched: WatchedPlace = { database, place, plan, since };
  await watchDatabase({
    plan,
    work: watchWork(run, watched),
    clock: run.clock,
    timers: systemTimers,
    signal: run.signal,
    drain,
    onEntry: ({ level, message, error, reason }) => {
      log({ level, database: name, message, reason, code: error?.code, hint: error?.hint });
    },
  });
  await markStopped(watched, run);
}

async function markStopped({ place, since }: WatchedPlace, { clock }: Run): Promise<void> {
  const mark = { state: "stopped", since, next: null, failures: 0 } as const;
  try {
    await markWatch(place.directory, mark, clock);
  } catch (error) {
    // The disk may be gone; then the mark grows old, and health says so.
    if (!(error instanceof Error)) throw error;
  }
}

/** The lock of the only watcher; a disk that is not there is waited for. */
async function lockWhenThere(
  run: Run,
  place: { readonly database: string; readonly directory: string },
  { stop, log, name }: {
    readonly stop: AbortSignal;
    readonly log: WatchLog;
    readonly name: string;
  },
): Promise<Disposable | undefined> {
  let told = false;
  while (!stop.aborted) {
    try {
      // Without the database the disk may be away: nothing is made in its mount point.
      if (await isThere(place.database)) await makePrivateDir(place.directory);
      const { clock } = run;
      return await lockDirectory(place.directory, {
        job: "watch",
        clock,
        file: WATCH_LOCK,
        waitMs: 2_000,
      });
    } catch (cause) {
      const error = asHoldfastError(cause, "DATABASE_MISSING");
      if (error.code === "LOCKED") throw error;
      if (!told) {
        log({ level: "error", database: name, message: `Waiting for it: ${error.message}` });
      }
      told = true;
    }
    await pause(LOOK_MS, stop);
  }
  return undefined;
}

/** The plan from the settings and the flags, checked: `USAGE` names a wrong duration. */
function planOf(
  seed: string,
  { flags, every, schedule, zone }: {
    readonly flags: WatchFlags;
    readonly every: string;
    readonly schedule: unknown;
    readonly zone: string;
  },
): WatchPlan {
  const wanted = flags.every ?? every;
  const onChange = {
    quietMs: ms(flags.quietFor ?? "10s"),
    atMostEveryMs: ms(flags.atMostEvery ?? "5m"),
  };
  return {
    seed,
    schedule: readSchedule(schedule, { zone }),
    everyMs: wanted === "off" ? undefined : ms(wanted),
    onChange: flags.onChange === true ? onChange : undefined,
    verifyEveryMs: flags.verifyEvery === "off" ? undefined : ms(flags.verifyEvery ?? "7d"),
  };
}

function ms(text: string): number {
  const total = parseDuration(text).total({ unit: "milliseconds", relativeTo: "2000-01-01" });
  if (total > 0) return total;
  throw new HoldfastError("USAGE", `Cannot use the duration "${text}": it is no time at all`, {
    hint: 'Write it like "4h", or "off".',
  });
}

interface Changed {
  readonly config: LoadedConfig;
  readonly stamp: string;
}

/** Resolves with a changed configuration that is right; `undefined` once it is stopped. */
async function waitForConfig(
  run: Run,
  { stamp, log, signal }: {
    readonly stamp: string;
    readonly log: WatchLog;
    readonly signal: AbortSignal;
  },
): Promise<Changed | undefined> {
  let last = stamp;
  while (!signal.aborted) {
    await pause(LOOK_MS, signal);
    const config = await run.config();
    const now = await configStamp(config);
    if (now === last || now === "") continue;
    last = now;
    try {
      return { config: await loadConfig(config.around, config.found?.path), stamp: now };
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      const { message, code, hint } = error;
      log({ level: "error", message: `The old configuration stays: ${message}`, code, hint });
    }
  }
  return undefined;
}

/** A text that changes with the file; empty where there is none. */
async function configStamp({ found }: LoadedConfig): Promise<string> {
  if (found === undefined) return "";
  try {
    const { size, mtime, ino } = await Deno.stat(join(found.path));
    return `${size} ${mtime?.getTime()} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/** Signs of life for the watchdog of systemd, while the loop of this process turns. */
function signsOfLife(
  run: Run,
  { send, watchdogMs }: ReturnType<typeof serviceNotify>,
): AsyncDisposable {
  const end = new AbortController();
  const stop = AbortSignal.any([run.signal, end.signal]);
  const beat = async (): Promise<void> => {
    while (watchdogMs !== undefined && !stop.aborted) {
      await send("WATCHDOG=1");
      await pause(watchdogMs, stop);
    }
  };
  const ended = beat();
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await ended;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await systemTimers.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function nameOf({ name, path }: ConfiguredDatabase): string {
  return name ?? basename(path);
}
