/**
 * The table of runs: written, read and kept small.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { JobName } from "../events.ts";
import { type Run, runOf, runRowOf } from "./run.ts";

/** Which runs are wanted. */
export interface RunFilter {
  /** Of these jobs only. */
  readonly jobs?: readonly string[] | undefined;
  /** Those that ended so only. */
  readonly outcomes?: readonly Run["outcome"][] | undefined;
  /** At most so many. */
  readonly limit?: number | undefined;
}

/** So many runs stay that happen by themselves, and so many that people ask for. */
const KEEP = 10_000;
/** Health looks back 30 days: what is younger stays, however much it is. */
const KEEP_DAYS = 31;
/** What schedules do. The others say who restored, deleted, exported what. */
const ROUTINE: readonly JobName[] = ["backup", "prune", "push", "verify", "drill", "notify"];

/** Writes a run, in place of the one with the same id. */
export function putRun(database: DatabaseSync, run: Run): void {
  const row = runRowOf(run);
  const names = Object.keys(row);
  database.prepare(
    `INSERT OR REPLACE INTO runs (${names.join(", ")})
     VALUES (${names.map((name) => `:${name}`).join(", ")})`,
  ).run(row);
}

/** The runs, newest first. */
export function selectRuns(
  database: DatabaseSync,
  { jobs, outcomes, limit = -1 }: RunFilter,
): Run[] {
  const wanted = [{ column: "job", values: jobs }, { column: "outcome", values: outcomes }]
    .flatMap(({ column, values }) => values === undefined ? [] : [{ column, values }]);
  const where = wanted.map(({ column, values }) =>
    `AND ${column} IN (${values.map(() => "?").join(", ")})`
  );
  return database.prepare(
    `SELECT * FROM runs WHERE true ${where.join(" ")}
     ORDER BY started_at DESC, rowid DESC LIMIT ?`,
  ).all(...wanted.flatMap(({ values }) => values), limit).map(runOf);
}

/**
 * Deletes the oldest runs beyond 10,000 that happen by themselves, and beyond 10,000 others.
 * Runs of the last 31 days stay, and so does the newest of each kind and end: when a backup last
 * failed, a notifier last worked, or a restore was last done is not forgotten. A clock that is
 * ahead makes runs old, but not many.
 */
export function trimRuns(
  database: DatabaseSync,
  { now, keep = KEEP }: { readonly now: Temporal.Instant; readonly keep?: number | undefined },
): void {
  const count = database.prepare("SELECT count(*) AS n FROM runs").get()?.n;
  if (Number(count) <= keep) return;
  const routine = ROUTINE.map((job) => `'${job}'`).join(", ");
  database.prepare(
    `DELETE FROM runs WHERE id IN (
       SELECT id FROM (
         SELECT id, started_at,
           row_number() OVER (PARTITION BY job IN (${routine}) ORDER BY started_at DESC, rowid DESC)
             AS place,
           row_number() OVER (
             PARTITION BY job, outcome, details ->> 'reason', details ->> 'notifier',
               details ->> 'all', details ->> 'checked'
             ORDER BY started_at DESC, rowid DESC
           ) AS of_kind
         FROM runs
       ) WHERE place > :keep AND of_kind > 1 AND started_at < :since
     )`,
  ).run({ keep, since: now.subtract({ hours: 24 * KEEP_DAYS }).toString() });
}
