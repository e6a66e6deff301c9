/**
 * When backups were taken, as far as a clock can be believed: no clock that runs
 * backwards or into the future may cause a deletion.
 *
 * @module
 */

import { type BackupRecord, isGood } from "../artifact/backup_record.ts";

/** What retention knows of one backup in one place. */
export type RetentionBackup =
  & Pick<
    BackupRecord,
    | "id"
    | "name"
    | "reason"
    | "createdAt"
    | "expiresAt"
    | "pinned"
    | "proof"
    | "metadata"
    | "size"
    | "sequence"
    | "deletedAt"
  >
  & {
    /** The file is there, and unchanged as far as is known. */
    readonly present: boolean;
  };

/** A backup with its times read. */
export interface DatedBackup<B extends RetentionBackup> {
  readonly backup: B;
  /** As its record says, in the zone of the policy. */
  readonly taken: Temporal.ZonedDateTime;
  /**
   * For ages: not before anything that was taken earlier, so that one taken while the
   * clock was wrong looks younger, never older.
   */
  readonly aged: Temporal.Instant;
  /** Present and proven. */
  readonly good: boolean;
  /** A safety backup. */
  readonly safety: boolean;
}

/** The backups in the order of taking. */
export interface Timeline<B extends RetentionBackup> {
  /** Newest first. */
  readonly dated: readonly DatedBackup<B>[];
  /** Those whose time lies ahead of now or cannot be read. */
  readonly unclear: readonly B[];
  /** Ages are measured from here; `undefined` where there is no good backup. */
  readonly anchor: Temporal.Instant | undefined;
  /** The backup that the anchor is taken from. */
  readonly anchoredAt: DatedBackup<B> | undefined;
}

/** A clock that was put forward makes a gap like this between two backups … */
const leapHours = 14 * 24;
/** … and is believed once the backups after the gap span this. */
const trustHours = 3 * 24;

/** Orders the backups and finds the moment from which ages are measured. */
export function timeline<B extends RetentionBackup>(
  backups: readonly B[],
  now: Temporal.Instant,
  zone: string,
): Timeline<B> {
  const unclear: B[] = [];
  const clear: { readonly backup: B; readonly instant: Temporal.Instant }[] = [];
  for (const backup of backups) {
    const instant = readInstant(backup.createdAt);
    if (instant === undefined || Temporal.Instant.compare(instant, now) > 0) unclear.push(backup);
    else clear.push({ backup, instant });
  }
  clear.sort((a, b) =>
    a.backup.sequence - b.backup.sequence || Temporal.Instant.compare(a.instant, b.instant) ||
    (a.backup.id < b.backup.id ? -1 : 1)
  );
  let latest: Temporal.Instant | undefined;
  const dated = clear.map(({ backup, instant }): DatedBackup<B> => {
    if (latest === undefined || Temporal.Instant.compare(instant, latest) > 0) latest = instant;
    return {
      backup,
      taken: instant.toZonedDateTimeISO(zone),
      aged: latest,
      good: backup.present && isGood(backup),
      safety: backup.reason === "pre-restore",
    };
  });
  dated.reverse();
  unclear.sort((a, b) => b.sequence - a.sequence || (a.id < b.id ? -1 : 1));
  const anchoredAt = anchorOf(dated.filter((it) => it.good && !it.safety));
  return { dated, unclear, anchor: anchoredAt?.aged, anchoredAt };
}

/** An instant from a record; `undefined` where it is none. */
export function readInstant(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The newest good backup, so that time alone deletes nothing. Right after a long gap the
 * clock may have been put forward: until the backups since span three days, ages are
 * measured from the last one before the gap.
 */
function anchorOf<B extends RetentionBackup>(
  newestFirst: readonly DatedBackup<B>[],
): DatedBackup<B> | undefined {
  const newest = newestFirst[0];
  if (newest === undefined) return undefined;
  let first = newest;
  for (const it of newestFirst) {
    if (hours(it.aged, newest.aged) >= trustHours) {
      return hours(it.aged, first.aged) > leapHours ? it : newest;
    }
    first = it;
  }
  return newest;
}

function hours(from: Temporal.Instant, to: Temporal.Instant): number {
  return (to.epochMilliseconds - from.epochMilliseconds) / 3_600_000;
}
