/**
 * The one way in which this program asks how the backups of a database stand: the exit
 * code of `health`, its metrics, `status`, the news and the terminal UI all say the same.
 *
 * @module
 */

import type { DatabaseSettings } from "../core/config/database_settings.ts";
import { type Health, health } from "../core/health.ts";
import type { PlaceOptions } from "../core/directory/place.ts";
import { scheduleOf } from "./schedule_of.ts";
import type { Run } from "./session.ts";

/** By what it is judged. */
export interface HealthOfOptions {
  readonly settings: Pick<DatabaseSettings, "maxAge" | "targets" | "schedule">;
  readonly run: Pick<Run, "config" | "signal" | "clock">;
  /** The age of the newest good backup that counts instead of the configured one. */
  readonly good?: string | undefined;
}

/** How they stand, by the settings of the database. */
export async function healthOf(
  { database, directory }: PlaceOptions,
  { settings, run, good }: HealthOfOptions,
): Promise<Health> {
  const { clock } = run;
  const names = Object.entries(settings.targets).filter(([, { enabled }]) => enabled)
    .map(([name]) => name);
  const found = names.length === 0
    ? []
    : await (await import("./targets/target_issues.ts")).targetIssues(run, settings);
  return await health({
    database,
    directory,
    maxAge: { ...settings.maxAge, ...good !== undefined && { good } },
    targets: names.length,
    targetNames: names,
    found,
    copies: names.flatMap((target) => {
      const every = settings.targets[target]?.verifyEvery;
      return every === undefined ? [] : [{ target, every }];
    }),
    schedule: scheduleOf(settings, clock.zone()),
    clock,
  });
}
