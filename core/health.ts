/**
 * Says whether the backups of a database are as they should be.
 *
 * @module
 */

import { type Clock, systemClock } from "./clock.ts";
import { gatherHealth, type HealthFacts } from "./health/health_facts.ts";
import { type HealthIssue, type HealthRules, judgeHealth } from "./health/judge_health.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { nextRuns } from "./schedule/schedule_runs.ts";

/** What {@linkcode health} is given. */
export interface HealthOptions extends PlaceOptions, HealthRules {
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** How it stands. */
export interface Health {
  /** `error` where data would be lost today, `warning` where it soon could. */
  readonly status: "healthy" | "warning" | "error";
  /** Absolute path of the live database. */
  readonly database: string;
  /** Absolute path of the backup directory. */
  readonly directory: string;
  /** Errors first. */
  readonly issues: readonly HealthIssue[];
  /** What it was judged by. */
  readonly facts: HealthFacts;
  /** When the schedule takes the next backup, ISO 8601 in UTC; `null` without one. */
  readonly nextRun: string | null;
}

/**
 * Says whether the backups of a database are as they should be, and what to do where they
 * are not. Takes no lock and opens neither the database nor a backup. Needs `--allow-read`,
 * and `--allow-sys=statfs` to know the free space.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED`; `BACKUP_NOT_FOUND`; `USAGE` also for an age
 * that is no duration.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, health } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * console.log((await health({ database })).issues[0]?.message); // There is no good backup
 * await backup({ database });
 * console.log((await health({ database, maxAge: { good: "1h" } })).status); // healthy
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function health(options: HealthOptions): Promise<Health> {
  const { clock = systemClock, schedule } = options;
  const place = await resolvePlace(options);
  const facts = await gatherHealth(place, clock);
  const issues = judgeHealth(facts, options);
  const [next] = schedule === undefined ? [] : nextRuns(schedule, clock.now(), 1);
  return {
    status: issues[0]?.level ?? "healthy",
    ...place,
    issues,
    facts,
    nextRun: next?.toString({ fractionalSecondDigits: 3 }) ?? null,
  };
}
