/**
 * The schedule of a configured database, checked.
 *
 * @module
 */

import type { DatabaseSettings } from "../core/config/database_settings.ts";
import { type CheckedSchedule, readSchedule } from "../core/schedule/schedule.ts";

/** It; `undefined` where backups do not happen by themselves. */
export function scheduleOf(
  { schedule }: Pick<DatabaseSettings, "schedule">,
  zone: string,
): CheckedSchedule | undefined {
  return schedule.enabled ? readSchedule(schedule, { zone }) : undefined;
}
