/**
 * What a watcher does next for one database. Pure: the time and what is known come in.
 *
 * @module
 */

import type { Reason } from "../artifact/backup_record.ts";
import type { CheckedSchedule } from "../schedule/schedule.ts";
import { dueRun, isQuiet, nextAttempt, nextRuns } from "../schedule/schedule_runs.ts";

/** When a database gets its backups and checks. */
export interface WatchPlan {
  readonly schedule?: CheckedSchedule | undefined;
  /** Milliseconds between backups of the timer; none without. */
  readonly everyMs?: number | undefined;
  /** Backups after commits; none without. */
  readonly onChange?: OnChange | undefined;
  /** Milliseconds between checks of the collection; none without. */
  readonly verifyEveryMs?: number | undefined;
  /** What tells this database from others: its path. */
  readonly seed: string;
}

/** Backups after commits. */
export interface OnChange {
  /** Milliseconds without a commit to wait for. */
  readonly quietMs: number;
  /** Milliseconds between two such backups at least; one that never gets quiet gets one then. */
  readonly atMostEveryMs: number;
}

/** What is known of a database. */
export interface WatchState {
  /** Since when it is watched: nothing before that is made up where no run is known. */
  readonly since: Temporal.Instant;
  /** When the last run of the schedule began. */
  readonly scheduledAt?: Temporal.Instant | undefined;
  /** When a backup last went well, or was found to hold. */
  readonly goodAt?: Temporal.Instant | undefined;
  /** Backups that failed in a row. */
  readonly failures: number;
  /** When the last of them began, and why. */
  readonly failedAt?: Temporal.Instant | undefined;
  readonly failedReason?: Reason | undefined;
  /** The first commit that no backup has, and the last one seen. */
  readonly changedSince?: Temporal.Instant | undefined;
  readonly changedAt?: Temporal.Instant | undefined;
  readonly verifiedAt?: Temporal.Instant | undefined;
}

/** What to do now. */
export type Duty =
  | { readonly kind: "backup"; readonly reason: Reason }
  | { readonly kind: "verify" }
  | { readonly kind: "wait" };

/** Nothing to do. */
const WAIT: Duty = { kind: "wait" };

/**
 * The next duty. A due run of the schedule comes first; a failed backup is tried again
 * with its reason, later each time; the quiet window holds everything back.
 */
export function nextDuty(plan: WatchPlan, state: WatchState, now: Temporal.Instant): Duty {
  const { schedule, seed } = plan;
  if (schedule?.enabled === true) {
    if (isQuiet(now, schedule)) return WAIT;
    const { since, scheduledAt: lastRunAt } = state;
    if (dueRun(schedule, { lastRunAt, since, now, seed }) !== undefined) {
      return { kind: "backup", reason: "auto:schedule" };
    }
  }
  if (state.failures > 0) {
    const again = nextAttempt(state.failures, state.failedAt ?? now, now);
    if (Temporal.Instant.compare(again, now) > 0) return WAIT;
    return { kind: "backup", reason: state.failedReason ?? "auto:timer" };
  }
  if (isTimerDue(plan, state, now) || isChangeDue(plan, state, now)) {
    return { kind: "backup", reason: "auto:timer" };
  }
  return isOlder(state.verifiedAt ?? state.since, plan.verifyEveryMs, now)
    ? { kind: "verify" }
    : WAIT;
}

/** When the next backup is expected, for people; `undefined` where none is planned. */
export function nextBackup(
  plan: WatchPlan,
  state: WatchState,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const { schedule, everyMs, seed } = plan;
  const found = schedule === undefined ? [] : [...nextRuns(schedule, now, 1, { seed })];
  if (everyMs !== undefined) {
    const next = state.goodAt?.add({ milliseconds: everyMs }) ?? now;
    found.push(Temporal.Instant.compare(next, now) > 0 ? next : now);
  }
  return found.toSorted(Temporal.Instant.compare)[0];
}

function isTimerDue({ everyMs }: WatchPlan, state: WatchState, now: Temporal.Instant): boolean {
  if (everyMs === undefined) return false;
  // What has no backup yet gets one at once.
  return state.goodAt === undefined || isOlder(state.goodAt, everyMs, now);
}

function isChangeDue({ onChange }: WatchPlan, state: WatchState, now: Temporal.Instant): boolean {
  const { changedSince, changedAt, goodAt } = state;
  if (onChange === undefined || changedSince === undefined || changedAt === undefined) return false;
  if (goodAt !== undefined && !isOlder(goodAt, onChange.atMostEveryMs, now)) return false;
  // An application that never rests still gets its backups.
  return isOlder(changedAt, onChange.quietMs, now) ||
    isOlder(changedSince, Math.max(onChange.atMostEveryMs, 10 * onChange.quietMs), now);
}

/** Whether so much time passed since then; what lies in the future, by a wrong clock, is old. */
function isOlder(
  then: Temporal.Instant,
  ms: number | undefined,
  now: Temporal.Instant,
): boolean {
  if (ms === undefined) return false;
  const age = now.epochMilliseconds - then.epochMilliseconds;
  return age >= ms || age < -ms;
}
