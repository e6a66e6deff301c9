/**
 * How fast a database and its backups grow. Pure.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Run } from "../catalog/run.ts";

/** Growth is measured over so many days. */
const WINDOW_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Bytes by which the database grew in a day, from the sizes of its backups of the last 30
 * days; `undefined` where they span less than a day.
 *
 * @param good Newest first.
 */
export function databaseGrowth(good: readonly BackupRecord[]): number | undefined {
  // Another format, or a compacted copy, says nothing about the size of the database.
  const [newest, ...others] = good.filter(({ format, metadata }) =>
    format === "db" && metadata.engine !== "compact"
  );
  if (newest === undefined) return undefined;
  const end = Date.parse(newest.createdAt);
  const within = others.filter(({ createdAt }) =>
    end - Date.parse(createdAt) <= WINDOW_DAYS * DAY_MS
  );
  const oldest = within.at(-1);
  if (oldest === undefined) return undefined;
  const days = (end - Date.parse(oldest.createdAt)) / DAY_MS;
  return days < 1 ? undefined : (newest.size - oldest.size) / days;
}

/**
 * Bytes by which the backup directory grew in a day: what backups added in the last 30
 * days less what went for good; `undefined` where the log spans less than a day.
 */
export function directoryGrowth(runs: readonly Run[], now: Temporal.Instant): number | undefined {
  const since = now.epochMilliseconds - WINDOW_DAYS * DAY_MS;
  const within = runs.filter(({ startedAt }) => Date.parse(startedAt) >= since);
  const first = within.at(-1);
  if (first === undefined) return undefined;
  const days = (now.epochMilliseconds - Date.parse(first.startedAt)) / DAY_MS;
  if (days < 1) return undefined;
  const bytes = within.reduce((sum, { details, job }) => {
    const added = job === "backup" ? Number(details.bytes ?? 0) : 0;
    return sum + added - Number(details.purgedBytes ?? 0);
  }, 0);
  return bytes / days;
}
