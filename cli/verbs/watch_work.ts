/**
 * What the process that stays does for one database.
 *
 * @module
 */

import { basename } from "node:path";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { Place } from "../../core/directory/place.ts";
import { databaseStamp } from "../../core/watch/database_stamp.ts";
import { nextBackup, type WatchPlan } from "../../core/watch/duty.ts";
import type { WatchWork } from "../../core/watch/watch_database.ts";
import { watchHistory } from "../../core/watch/watch_history.ts";
import { markWatch } from "../../core/watch/watch_mark.ts";
import type { Run } from "../session.ts";
import { tellHealth } from "../tell_health.ts";
import { takeOne } from "./take_one.ts";
import { verifyCollection } from "./verify_collection.ts";
import { verifyTargets } from "./verify_targets.ts";

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
      const { verified, failed } = await marking(() => verifyTargets(run, watched), again);
      if (!run.session.json) {
        for (const line of verified) {
          run.printer.note(`${database.name ?? basename(database.path)}: ${line}`);
        }
      }
      await tellHealth(run, watched);
      const [error] = failed;
      if (error !== undefined) throw error;
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
