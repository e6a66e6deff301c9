/**
 * What the process that stays does for one database.
 *
 * @module
 */

import { basename } from "node:path";
import type { BackupRecord } from "../../core/artifact/backup_record.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { drill } from "../../core/drill.ts";
import { HoldfastError } from "../../core/errors.ts";
import { health } from "../../core/health.ts";
import { newestGood } from "../../core/health/newest_good.ts";
import { readRecords } from "../../core/list.ts";
import type { Place } from "../../core/directory/place.ts";
import { readSchedule } from "../../core/schedule/schedule.ts";
import { type VerifiedBackup, verify } from "../../core/verify.ts";
import { databaseStamp } from "../../core/watch/database_stamp.ts";
import { nextBackup, type WatchPlan } from "../../core/watch/duty.ts";
import type { WatchWork } from "../../core/watch/watch_database.ts";
import { watchHistory } from "../../core/watch/watch_history.ts";
import { markWatch } from "../../core/watch/watch_mark.ts";
import { plural } from "../format.ts";
import { tellNews } from "../news.ts";
import type { Run } from "../session.ts";
import { takeOne } from "./backup.ts";

/** So many backups get a full check each week, those first whose proof is oldest. */
const FULL_CHECKS = 3;
/** Milliseconds between two marks while something lasts. */
const MARK_MS = 10 * 60_000;

/** What the watcher needs to know. */
export interface WatchedPlace {
  readonly database: ConfiguredDatabase;
  readonly place: Place;
  readonly plan: WatchPlan;
  /** When the process began. */
  readonly since: string;
}

/** The work by the verbs of the program, with hooks, copies, pruning and news. */
export function watchWork(run: Run, watched: WatchedPlace): WatchWork {
  const { database, place, plan, since } = watched;
  let mark: Parameters<typeof markWatch>[1] = { state: "running", since, next: null, failures: 0 };
  const again = (): Promise<void> => markWatch(place.directory, mark, run.clock);
  return {
    backup: async (reason) => {
      const flags = { reason, ifChanged: true };
      const result = await marking(() => takeOne(run, database, flags), again);
      return result.unchanged ? `unchanged since ${result.name}` : `backed up: ${result.name}`;
    },
    verify: () => marking(() => verifyCollection(run, watched), again),
    history: () => watchHistory(place.directory),
    stamp: () => databaseStamp(place.database),
    round: async (state) => {
      const next = nextBackup(plan, state, run.clock.now())?.toString({ smallestUnit: "second" });
      mark = {
        state: "running",
        since,
        next: next ?? null,
        failures: state.failures,
      };
      await again();
      await tellHealth(run, watched);
    },
  };
}

/** Work may last for hours: meanwhile the mark is renewed, so that nobody takes it for dead. */
async function marking<T>(work: () => Promise<T>, again: () => Promise<void>): Promise<T> {
  const timer = setInterval(() => {
    again().catch((error: unknown) => {
      // The next round tells of a catalog that cannot be written.
      if (!(error instanceof Error)) throw error;
    });
  }, MARK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function tellHealth(run: Run, { database, place }: WatchedPlace): Promise<void> {
  const { settings } = database;
  const targets = Object.values(settings.targets).filter(({ enabled }) => enabled).length;
  const schedule = readSchedule(settings.schedule, { zone: run.clock.zone() });
  const found = await health({
    ...place,
    maxAge: settings.maxAge,
    targets,
    schedule,
    clock: run.clock,
  });
  // Before its first backup there is nothing to warn of yet: that one comes, or fails.
  if (found.facts.lastGood === null) return;
  await tellNews(run, database, { kind: "health", issues: found.issues });
}

/** The hash of every file, a full check of a rotating few, a drill of the newest. */
async function verifyCollection(run: Run, { database, place }: WatchedPlace): Promise<string> {
  const { expectTables, assertions } = database.settings;
  const options = { ...place, clock: run.clock, signal: run.signal, onEvent: run.printer.event };
  const records = (await readRecords(place.directory)).filter(({ deletedAt }) =>
    deletedAt === null
  );
  if (records.length === 0) return "nothing to verify yet";
  const hashed = await verify({ ...options, all: true, verify: "none" });
  const bad = new Set(hashed.backups.filter(({ ok }) => !ok).map(({ name }) => name));
  const good = records.filter(({ name }) => !bad.has(name));
  const found: VerifiedBackup[] = [...hashed.backups];
  const few = oldestProof(good).slice(0, FULL_CHECKS).map(({ id }) => id);
  if (few.length > 0) {
    const checked = await verify({
      ...options,
      backups: few,
      verify: "full",
      expectTables,
      assertions,
    });
    found.push(...checked.backups);
  }
  const newest = await newestGood(place);
  if (newest !== undefined) {
    found.push(await drill({ ...options, backup: newest.id, expectTables, assertions }));
  }
  const faults = found.filter(({ ok }) => !ok);
  const job = "verify";
  if (faults.length === 0) {
    const summary = `${
      plural(hashed.backups.length, "backup")
    } verified, ${few.length} checked fully`;
    await tellNews(run, database, { kind: "done", job, summary });
    return newest === undefined ? summary : `${summary}, ${newest.name} drilled`;
  }
  const names = [...new Set(faults.map(({ name }) => name))];
  const error = new HoldfastError("BACKUP_INVALID", `Found bad backups: ${names.join(", ")}`, {
    hint: `See why: holdfast verify --all --database ${basename(place.database)}`,
  });
  const { code, message, hint } = error;
  await tellNews(run, database, { kind: "failed", job, code, message, hint });
  throw error;
}

function oldestProof(records: readonly BackupRecord[]): readonly BackupRecord[] {
  return records.filter(({ format }) => format !== "files")
    .toSorted((one, other) => (one.provedAt ?? "").localeCompare(other.provedAt ?? ""));
}
