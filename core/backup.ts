/**
 * Takes a backup of a live database and proves it.
 *
 * @module
 */

import { basename } from "node:path";
import type { PrunedBackup } from "./retention/apply_retention.ts";
import type { BackupRecord, Reason, SnapshotEngine } from "./artifact/backup_record.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type DatabaseFile, findDatabase, liveGrant } from "./database_file.ts";
import { runJob } from "./engine/client.ts";
import { HoldfastError } from "./errors.ts";
import type { EventListener } from "./events.ts";
import { refuseSenseless } from "./given_options.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { keepDisk, refuseWrongDisk } from "./directory/known_disk.ts";
import type { StateStore } from "./extend/plugin.ts";
import { estimateSize, refuseTooLarge, refuseWithoutRoom } from "./artifact/estimate.ts";
import { makeRoom } from "./directory/make_room.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import type { ProofOptions } from "./artifact/proof.ts";
import { pruneAfterBackup } from "./retention/prune_after_backup.ts";
import { readRetentionPolicy, type RetentionPolicy } from "./retention/retention_policy.ts";
import type { Formats } from "./artifact/formats.ts";
import { packOptionsOf } from "./artifact/pack_options.ts";
import { applySystemBackup } from "./directory/system_backup.ts";
import { Report, throwIfCancelled, type Warning } from "./report.ts";
import { isDirectory } from "./files/is_file.ts";
import { logged } from "./directory/run_log.ts";
import type { TakeContext } from "./artifact/take_backup.ts";
import { lastGood, takeUnlessSame } from "./artifact/take_unless_same.ts";
import type { OpenTarget } from "./targets/open_target.ts";
import { handOver } from "./targets/push.ts";
import type { PushedTarget } from "./targets/push_result.ts";
import { signalOf } from "./targets/target_work.ts";

/** What {@linkcode backup} is given. */
export interface BackupOptions extends PlaceOptions, ProofOptions {
  /** Path of the live database: a file name, never a URI. */
  readonly database: string;
  /** Why it is taken; `manual` by default. */
  readonly reason?: Reason | undefined;
  /** What the person says about it. */
  readonly note?: string | undefined;
  /** The version of the application that the database belongs to. */
  readonly sourceVersion?: string | undefined;
  /** How to copy the pages: `auto` (the default) takes `clone` where it applies, else `online`. */
  readonly engine?: SnapshotEngine | "auto" | undefined;
  /**
   * How it is packed: `db`, a plain SQLite file, or a format of `formats` such as `zip`.
   * Without it `zip` where files travel with the database, else `db`.
   */
  readonly format?: string | undefined;
  /** The formats of packed backups: `zipArchives()` of the plugin `zip`. */
  readonly formats?: Formats | undefined;
  /**
   * Files that travel with the database: names, folders and patterns (`docs/**`), relative
   * to its folder. They are read after the snapshot.
   */
  readonly include?: readonly string[] | undefined;
  /** The same, for what stays; without a slash (`*.tmp`) it means that name at any depth. */
  readonly exclude?: readonly string[] | undefined;
  /** One SELECT; the first value of each row names a file that the database refers to. */
  readonly filesQuery?: string | undefined;
  /** Take none where nothing was written since the last good one. */
  readonly ifChanged?: boolean | undefined;
  /** What to keep, applied after a good backup; `false` deletes nothing. `defaultRetention()` by default. */
  readonly retention?: RetentionPolicy | false | undefined;
  /** The IANA name of the zone of its days and weeks; that of the clock by default. */
  readonly retentionZone?: string | undefined;
  /** Whether the directory is part of the system's own backups; left as it is by default. */
  readonly systemBackup?: boolean | undefined;
  /** It is kept until then, and then let go, whatever the policy says. */
  readonly expiresAt?: Temporal.Instant | undefined;
  /** Warn from this size on, in megabytes (10^6 bytes); 500 by default. */
  readonly warnSizeMB?: number | undefined;
  /** Refuse from this size on, in megabytes (10^6 bytes); no limit by default. */
  readonly maxSizeMB?: number | undefined;
  /** Milliseconds that writers may wait (rollback mode) before it is worth a warning; 2,000 by default. */
  readonly maxHoldMs?: number | undefined;
  /** Milliseconds to wait for a lock of the database; 30,000 by default. */
  readonly busyMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /**
   * Keeps which disk the backups lie on where that is not the disk of the database: a
   * `fileStateStore` of `./plugin`, outside of the backup directory. With it nothing is put
   * into the empty mount point of a disk that is away; `adopt` says that it is meant. Without
   * it such a folder cannot be told from a new one, and gets the backup.
   */
  readonly state?: Pick<StateStore, "get" | "set"> | undefined;
  /** Places that get a copy, and what they missed before; see {@linkcode openTarget}. */
  readonly targets?: readonly OpenTarget[] | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /**
   * Stops it; nothing is left behind. A backup that was taken already is kept: the result
   * then says of each target whether it has its copy, and the next push catches up.
   */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** A backup that was taken, or, with `ifChanged`, the one that still holds. */
export interface BackupResult extends BackupRecord {
  /** Nothing was written since: this is the last one, and no new one was taken. */
  readonly unchanged: boolean;
  /** What the retention policy moved to the trash after it. */
  readonly pruned: readonly PrunedBackup[];
  /** How it went with each target: one that failed does no harm to the backup here. */
  readonly targets: readonly PushedTarget[];
  /** What the person should know. */
  readonly warnings: readonly Warning[];
}

/**
 * Takes a backup of a live database while others write to it, and proves it: its
 * SHA-256, SQLite's integrity check, and what is expected of it. Nothing is left
 * behind where it fails.
 *
 * Needs `--allow-read`, `--allow-write` and `--allow-run`: what touches SQLite runs in
 * a process of its own.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `NOT_A_DATABASE`, `DATABASE_BUSY`,
 * `DATABASE_CORRUPT`, `BACKUP_INVALID`, `NO_SPACE`, `TOO_LARGE`, `LOCKED`,
 * `PERMISSION_DENIED`, `CONFIG_INVALID`, `CANCELLED`, `USAGE`, `BACKUP_FAILED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('keep me')");
 *
 * const { name, proof, metadata } = await backup({ database: `${dir}/app.db` });
 * console.log(name, proof, metadata.recordCount); // 2026-… checked { notes: 1 }
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function backup(options: BackupOptions): Promise<BackupResult> {
  const { clock = systemClock, onEvent } = options;
  const report = new Report("backup", { subject: options.database, clock, onEvent });
  try {
    const { record, unchanged, pruned } = await backupUnder(report, { ...options, clock });
    await keepDisk(options, report);
    const job = { report, clock, signal: signalOf(options.signal) };
    const targets = await handOver(record, options.targets ?? [], job);
    report.finished(unchanged ? `unchanged since ${record.name}` : record.name);
    return { ...record, unchanged, pruned, targets, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "BACKUP_FAILED");
  }
}

interface Outcome {
  readonly record: BackupRecord;
  readonly unchanged: boolean;
  readonly pruned: readonly PrunedBackup[];
}

async function backupUnder(
  report: Report,
  options: BackupOptions & { readonly clock: Clock },
): Promise<Outcome> {
  const { clock, signal, retention } = options;
  refuseSenseless(options);
  refusePast(options.expiresAt, clock);
  if (retention !== undefined && retention !== false) readRetentionPolicy(retention);
  const pack = await packOptionsOf(options);
  const database = await findDatabase(options.database);
  const place = await resolvePlace({ ...options, database: database.path });
  await refuseWrongDisk(options);
  const size = await estimateSize(database.path);
  refuseTooLarge(size, options, report);
  if (!await isDirectory(place.directory)) {
    await refuseWithoutRoom(place.directory, size);
    await probe(database, options);
  }
  throwIfCancelled(signal);
  using open = await openDirectory(place, { report, clock, signal, waitMs: options.waitMs });
  await makeRoom(open, { size, report });
  warnOfNames(database, report);
  await applySystemBackup(options.systemBackup, open, report);
  const last = options.ifChanged ? await lastGood(open.catalog) : undefined;
  const context: TakeContext = { database, open, report, clock, signal };
  const { record, unchanged } = await logged(
    "backup",
    { catalog: open.catalog, clock, details: { reason: options.reason ?? "manual" } },
    async () => {
      const record = await takeUnlessSame(last, { ...options, pack }, context);
      if (record === undefined) {
        if (last === undefined) throw new HoldfastError("INTERNAL", "Lost the last good backup");
        return {
          result: { record: last, unchanged: true },
          end: { outcome: "skipped", backupId: last.id },
        };
      }
      await mirror(open.catalog, report);
      const details = { bytes: record.size, ms: report.elapsedMs };
      return {
        result: { record, unchanged: false },
        end: { outcome: "done", backupId: record.id, message: record.name, details },
      };
    },
  );
  if (unchanged || retention === false) return { record, unchanged, pruned: [] };
  const policy = { policy: retention, zone: options.retentionZone };
  const { trashed } = await pruneAfterBackup(policy, { open, report, clock, signal });
  return { record, unchanged, pruned: trashed };
}

function refusePast(expiresAt: Temporal.Instant | undefined, clock: Clock): void {
  if (expiresAt === undefined || Temporal.Instant.compare(expiresAt, clock.now()) > 0) return;
  throw new HoldfastError("USAGE", `Cannot keep a backup until ${expiresAt}: that is past`, {
    hint: "Nothing was created. Is the clock of this machine right?",
  });
}

/** What is no database, and SQL that is no assertion, is refused before a folder is made for it. */
async function probe(database: DatabaseFile, options: BackupOptions): Promise<void> {
  const { busyMs = 30_000, assertions: selects } = options;
  const request = { path: database.path, busyMs, selects };
  await runJob("inspect", request, { grant: liveGrant(database.path), signal: options.signal });
}

function warnOfNames({ path, names }: DatabaseFile, report: Report): void {
  if (names === 1) return;
  report.warn({
    code: "HARD_LINKED",
    message: `${basename(path)} has ${names} names (hard links)`,
    hint: "SQLite keeps a -wal for each name: name the one that the application uses.",
  });
}
