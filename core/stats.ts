/**
 * Counts and sizes of the backups of a database.
 *
 * @module
 */

import { type BackupRecord, isGood, type Reason } from "./artifact/backup_record.ts";
import { Catalog } from "./catalog/catalog.ts";
import { type Clock, systemClock } from "./clock.ts";
import { databaseGrowth, directoryGrowth } from "./health/growth.ts";
import { type LocalBackup, withPresence } from "./health/local_backups.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";

/** What {@linkcode stats} is given. */
export interface StatsOptions extends PlaceOptions {
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** How many, and their bytes. */
export interface Tally {
  /** How many. */
  readonly count: number;
  /** Their bytes. */
  readonly bytes: number;
}

/** Counts and sizes. Instants are ISO 8601 in UTC; bytes a day may be negative. */
export interface Stats extends Tally {
  /** Absolute path of the live database. */
  readonly database: string;
  /** Absolute path of the backup directory. */
  readonly directory: string;
  /** Bytes of a backup on average; 0 where there is none. */
  readonly average: number;
  /** Those that are present and proven. */
  readonly good: number;
  /** Those that are never pruned. */
  readonly pinned: number;
  /** Records whose file is gone or has another size. */
  readonly missing: number;
  /** What can still be brought back. */
  readonly trash: Tally;
  /** When the oldest that is there was taken. */
  readonly oldest: string | null;
  /** When the newest that is there was taken. */
  readonly newest: string | null;
  /** Bytes by which the database grows in a day; `null` where too little is known. */
  readonly databaseGrowth: number | null;
  /** Bytes by which the directory grows in a day; `null` where too little is known. */
  readonly directoryGrowth: number | null;
  /** Counts by why they were taken. */
  readonly reasons: Readonly<Partial<Record<Reason, Tally>>>;
  /** Size of each backup that is there, oldest first, for a chart. */
  readonly sizes: readonly { readonly at: string; readonly bytes: number }[];
}

/**
 * Counts the backups of a database. Takes no lock. Needs `--allow-read`.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED`, `BACKUP_NOT_FOUND`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, stats } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database });
 *
 * const { count, bytes, reasons } = await stats({ database });
 * console.log(count, bytes, reasons.manual?.count); // 1 8192 1
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function stats(options: StatsOptions): Promise<Stats> {
  const { clock = systemClock } = options;
  const place = await resolvePlace(options);
  using catalog = Catalog.openToRead(place.directory);
  const backups = await withPresence(catalog?.records() ?? []);
  const trashed = await withPresence(catalog?.trashed() ?? []);
  return {
    ...place,
    ...countBackups(backups, trashed.filter(({ present }) => present)),
    directoryGrowth: directoryGrowth(catalog?.runs() ?? [], clock.now()) ?? null,
  };
}

/** Counts them. Pure. */
export function countBackups(
  backups: readonly LocalBackup[],
  trashed: readonly BackupRecord[],
): Omit<Stats, "database" | "directory" | "directoryGrowth"> {
  const there = backups.filter(({ present }) => present);
  const whole = tally(there);
  const good = there.filter(isGood);
  const reasons: Partial<Record<Reason, Tally>> = {};
  for (const { reason } of there) {
    reasons[reason] ??= tally(there.filter((other) => other.reason === reason));
  }
  return {
    ...whole,
    average: whole.count === 0 ? 0 : Math.round(whole.bytes / whole.count),
    good: good.length,
    pinned: there.filter(({ pinned }) => pinned).length,
    missing: backups.length - there.length,
    trash: tally(trashed),
    oldest: there.at(-1)?.createdAt ?? null,
    newest: there[0]?.createdAt ?? null,
    databaseGrowth: databaseGrowth(good) ?? null,
    reasons,
    sizes: there.map(({ createdAt, size }) => ({ at: createdAt, bytes: size })).reverse(),
  };
}

function tally(backups: readonly { readonly size: number }[]): Tally {
  return { count: backups.length, bytes: backups.reduce((sum, { size }) => sum + size, 0) };
}
