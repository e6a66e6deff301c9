/**
 * The process that stays: watches every database until it is stopped.
 *
 * @module
 */

import { basename } from "node:path";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { WarningEvent } from "../../core/events.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { systemTimers } from "../../core/timers.ts";
import { watchDatabase } from "../../core/watch/watch_database.ts";
import { markWatch } from "../../core/watch/watch_mark.ts";
import { chooseDatabases } from "../choose_database.ts";
import type { Outcome } from "../printer.ts";
import { serviceNotify } from "../service_notify.ts";
import type { Run } from "../session.ts";
import { type WatchLine, type WatchLog, watchLog } from "../watch_log.ts";
import { signsOfLife } from "./signs_of_life.ts";
import { firstConfig, type ReadConfig, waitForConfig } from "./watch_config.ts";
import { tryLockWatch, waitForWatchLock } from "./watch_lock.ts";
import { planOf, type WatchFlags } from "./watch_plan.ts";
import { type WatchedPlace, watchWork } from "./watch_work.ts";

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
  const read: ReadConfig = (config) => watchedPlaces({ ...run, config }, names, { flags, since });
  let now = await firstConfig(run, read);
  // A second watcher is refused before anybody is told that this one is ready.
  let locks = await lockThoseThere(run, now.watched);
  await using _signs = signsOfLife(run, service);
  const what = now.watched.map(({ database }) => nameOf(database)).join(", ");
  log({ level: "info", message: `Watching ${what}` });
  await service.send("READY=1", `STATUS=Watching ${what}`);
  while (!run.signal.aborted) {
    const { config } = now;
    const again = { ...run, printer: printerOf(run, log), config: () => Promise.resolve(config) };
    const drain = new AbortController();
    const watching = now.watched.map((watched, at) =>
      watchOne(again, watched, { lock: locks[at], drain: drain.signal, log })
    );
    const changed = waitForConfig(again, { now, read, log });
    try {
      const next = await Promise.race([changed, Promise.all(watching).then(() => undefined)]);
      if (next === undefined) break;
      now = next;
      locks = [];
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

/** Every database with its place and its plan; throws for what cannot be, by its name. */
async function watchedPlaces(
  run: Run,
  names: readonly string[],
  { flags, since }: { readonly flags: WatchFlags; readonly since: string },
): Promise<readonly WatchedPlace[]> {
  const { directory } = run.globals;
  const zone = run.clock.zone();
  const chosen = await chooseDatabases(run, names, directory === undefined ? {} : { directory });
  return await Promise.all(chosen.map(async (database) => {
    const { path, settings } = database;
    const place = await resolvePlace({ database: path, directory: settings.directory });
    const { every } = settings.automate;
    const plan = planOf(place.database, { flags, every, schedule: settings.schedule, zone });
    return { database, place, plan, since };
  }));
}

/** Locks what is there; the others are waited for. @throws {HoldfastError} `LOCKED`. */
async function lockThoseThere(
  run: Run,
  all: readonly WatchedPlace[],
): Promise<(Disposable | undefined)[]> {
  await using taken = new AsyncDisposableStack();
  const locks: (Disposable | undefined)[] = [];
  for (const each of all) {
    const lock = await tryLockWatch(run, each);
    if (lock !== undefined) taken.use(lock);
    locks.push(lock);
  }
  taken.move();
  return locks;
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
  /** The lock of the only watcher, where it is held already. */
  readonly lock: Disposable | undefined;
  readonly drain: AbortSignal;
  readonly log: WatchLog;
}

/** Watches one database as its only watcher. */
async function watchOne(run: Run, watched: WatchedPlace, options: OneOptions): Promise<void> {
  const { drain, log } = options;
  const name = nameOf(watched.database);
  const stop = AbortSignal.any([run.signal, drain]);
  using lock = options.lock ?? await waitForWatchLock(run, watched, { stop, log, name });
  if (lock === undefined) return;
  await watchDatabase({
    plan: watched.plan,
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

function nameOf({ name, path }: ConfiguredDatabase): string {
  return name ?? basename(path);
}
