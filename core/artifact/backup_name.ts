/**
 * The file name of a backup: the local wall time at which it was taken. A name is
 * for people; order and instants come from the catalog.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";

/** What a backup's name tells. */
export interface BackupNameParts {
  /** The wall time, in the zone in which the backup was taken. */
  readonly wallTime: Temporal.PlainDateTime;
  /** 1, or the number after `_` of a later backup of the same wall time. */
  readonly suffix: number;
  /** Everything from the first dot on (`.db`, `.db.zst`), or nothing. */
  readonly extension: string;
}

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})_(\d{2})-(\d{2})-(\d{2})(?:_([2-9]|[1-9]\d{1,8}))?((?:\.[a-z0-9]+)*)$/;

/** The endings of the formats that holdfast brings. */
const bundledExtensions: readonly string[] = [".db", ".zip"];

/**
 * The name for a backup taken at an instant: `YYYY-MM-DD_HH-MM-SS` in the zone, with
 * `_2`, `_3` … where that is taken (the same second, or the hour that a clock change
 * repeats), and the extension.
 *
 * @param instant When the snapshot was taken.
 * @param zone The IANA name of the zone in which a person reads it.
 * @param taken Whether a name, with its extension, is in use.
 * @param extension The ending of the format, with its dot.
 * @throws HoldfastError `BACKUP_FAILED` where the clock stands outside the years 0 to 9999.
 *
 * @example
 * ```ts
 * import { backupName } from "@holdfast/holdfast";
 *
 * const at = Temporal.Instant.from("2026-01-03T13:30:00Z");
 * backupName(at, "Europe/Berlin", () => false); // "2026-01-03_14-30-00.db"
 * ```
 */
export function backupName(
  instant: Temporal.Instant,
  zone: string,
  taken: (name: string) => boolean,
  extension = ".db",
): string {
  const stem = wallTimeStem(instant.toZonedDateTimeISO(zone).toPlainDateTime());
  let name = `${stem}${extension}`;
  for (let number = 2; taken(name); number++) name = `${stem}_${number}${extension}`;
  return name;
}

/**
 * What a name of our own pattern tells; `undefined` for any other, also for one with
 * an impossible date. The extension may be missing: a person may type the name without.
 */
export function parseBackupName(name: string): BackupNameParts | undefined {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7)
    .map(Number);
  const fields = { year, month, day, hour, minute, second };
  const wallTime = Temporal.PlainDateTime.from(fields.month < 1 || fields.day < 1 ? epoch : fields);
  const real = wallTime.year === year && wallTime.month === month && wallTime.day === day &&
    wallTime.hour === hour && wallTime.minute === minute && wallTime.second === second;
  if (!real) return undefined;
  return { wallTime, suffix: Number(match[7] ?? 1), extension: match[8] ?? "" };
}

/**
 * Whether a file's name is one that a backup has.
 *
 * @param name A file name without its folder.
 * @param extensions The endings of the known formats.
 */
export function isBackupName(name: string, extensions = bundledExtensions): boolean {
  const parts = parseBackupName(name);
  return parts !== undefined && extensions.includes(parts.extension);
}

/** Fields that cannot stand for a real date are replaced by this, and then differ. */
const epoch = { year: 1970, month: 1, day: 1 };

function wallTimeStem(time: Temporal.PlainDateTime): string {
  if (time.year < 0 || time.year > 9999) {
    throw new HoldfastError("BACKUP_FAILED", `Cannot name a backup of the year "${time.year}"`, {
      hint: "Set the clock of this machine.",
    });
  }
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${String(time.year).padStart(4, "0")}-${two(time.month)}-${two(time.day)}`;
  return `${date}_${two(time.hour)}-${two(time.minute)}-${two(time.second)}`;
}
