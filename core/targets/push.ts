/**
 * Brings copies of backups to targets: after each backup, and to catch up.
 *
 * @module
 */

import { dirname } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { Catalog } from "../catalog/catalog.ts";
import { chooseBackup } from "../artifact/choose_backup.ts";
import { type Clock, systemClock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import type { EventListener } from "../events.ts";
import { isFile } from "../files/is_file.ts";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";
import { Report, type Warning } from "../report.ts";
import { logged } from "../directory/run_log.ts";
import type { OpenTarget } from "./open_target.ts";
import { type PushedTarget, pushedWords } from "./push_result.ts";
import { pushToTarget, type PushWanted } from "./push_to_target.ts";
import { signalOf, type TargetJob, type TargetRetry, targetWork } from "./target_work.ts";

/** What {@linkcode push} is given. */
export interface PushOptions extends PlaceOptions {
  /** Where to; each gets its copies beside the others. */
  readonly targets: readonly OpenTarget[];
  /** Only these: ids, names, beginnings or `latest`. Everything that is missing by default. */
  readonly backups?: readonly string[] | undefined;
  /** Milliseconds to wait for another run with the same target; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** How often and how slowly what failed is tried again. */
  readonly retry?: TargetRetry | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** How it went. */
export interface PushResult {
  /** Everything that belongs on each target is there. */
  readonly ok: boolean;
  /** How it went for each target. */
  readonly targets: readonly PushedTarget[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Sends what is missing on each target, newest first, and applies its retention policy.
 * A target that fails does not hinder the others: the result says so. Safety backups
 * stay here unless they are named. Takes no lock of the backup directory.
 *
 * Needs `--allow-read`, `--allow-write` and what the targets need.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_LIST_FAILED`, `USAGE`, `CANCELLED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, openTarget, push } from "@holdfast/holdfast";
 * import { fileStateStore, registryOf } from "@holdfast/holdfast/plugin";
 * import folder from "@holdfast/holdfast/plugins/folder";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.mkdir(`${dir}/usb`);
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database: `${dir}/app.db` });
 *
 * await using usb = await openTarget("usb", {
 *   registry: registryOf([folder]),
 *   settings: { kind: "folder", settings: { path: `${dir}/usb` }, codecs: [] },
 *   secrets: { get: () => Promise.resolve(undefined) },
 *   state: fileStateStore(`${dir}/usb.json`),
 *   signal: new AbortController().signal,
 * });
 * const { ok } = await push({ database: `${dir}/app.db`, targets: [usb] });
 * console.log(ok); // true
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function push(options: PushOptions): Promise<PushResult> {
  const { clock = systemClock, onEvent, targets } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("push", { subject, clock, onEvent });
  try {
    const { directory } = await resolvePlace(options);
    const signal = signalOf(options.signal);
    const backups = await chosen(directory, options.backups);
    const wanted = (): PushWanted => ({ backups, look: true, waitMs: options.waitMs });
    const pushed = await pushToAll(directory, targets, {
      wanted,
      job: { report, clock, signal, retry: options.retry },
    });
    report.finished(pushedWords(pushed));
    return { ok: pushed.every(({ ok }) => ok), targets: pushed, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "TARGET_FAILED");
  }
}

/**
 * Hands a backup that was just taken to its targets, and with it what they missed before.
 * A target that is named for this one backup gets it alone. Cancelling throws nothing: the
 * backup stands, and each target that did not get its copies says so.
 */
export async function handOver(
  backup: BackupRecord,
  targets: readonly OpenTarget[],
  job: TargetJob,
): Promise<readonly PushedTarget[]> {
  const wanted = ({ once }: OpenTarget): PushWanted =>
    once === true
      ? { backups: [backup], prune: false, tellCancelled: true }
      : { tellCancelled: true };
  return await pushToAll(dirname(backup.path), targets, { wanted, job });
}

/** Sends to every target at once, with a line in the log. */
export async function pushToAll(
  directory: string,
  targets: readonly OpenTarget[],
  { wanted, job }: {
    readonly wanted: (place: OpenTarget) => PushWanted;
    readonly job: TargetJob;
  },
): Promise<readonly PushedTarget[]> {
  if (targets.length === 0) return [];
  using catalog = Catalog.openToWrite(directory);
  return await logged("push", { catalog, clock: job.clock }, async () => {
    // Each to its end: the catalog stays open as long as one of them writes.
    const ends = await Promise.allSettled(
      targets.map((place) => pushToTarget(catalog, wanted(place), targetWork(place, job))),
    );
    const pushed = ends.map((end) => {
      if (end.status === "rejected") throw end.reason;
      return end.value;
    });
    const failed = pushed.filter(({ ok }) => !ok).length;
    const outcome = failed === 0 ? "done" : failed < pushed.length ? "partly" : "failed";
    return { result: pushed, end: { outcome, message: pushedWords(pushed), details: { pushed } } };
  });
}

async function chosen(
  directory: string,
  names: readonly string[] | undefined,
): Promise<readonly BackupRecord[] | undefined> {
  if (!await isFile(`${directory}/catalog.db`)) {
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find backups in "${directory}"`, {
      hint: "Take one first: holdfast backup",
    });
  }
  if (names === undefined) return undefined;
  using catalog = Catalog.openToRead(directory);
  const records = catalog?.records() ?? [];
  const found: BackupRecord[] = [];
  for (const backup of names) {
    const one = await chooseBackup(records, { backup });
    if (one.kind === "file") throw noRecord(one.path);
    found.push(one.record);
  }
  return found;
}

function noRecord(path: string): HoldfastError {
  return new HoldfastError("USAGE", `Cannot send "${path}": it is no backup of the catalog`, {
    hint: "Name one by its id or file name: holdfast list. A database is named with --database.",
  });
}
