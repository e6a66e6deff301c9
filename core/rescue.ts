/**
 * Brings rows of a backup back into the live database.
 *
 * @module
 */

import type { BackupRecord } from "./artifact/backup_record.ts";
import { chooseBackup, type Chosen } from "./artifact/choose_backup.ts";
import { type Clock, systemClock } from "./clock.ts";
import { findDatabase, refuseHardLinks } from "./database_file.ts";
import { oneExpression } from "./engine/one_expression.ts";
import type { RescueJobResult } from "./engine/rescue.ts";
import { HoldfastError } from "./errors.ts";
import type { EventListener } from "./events.ts";
import { refuseSenseless } from "./given_options.ts";
import { isDirectory } from "./files/is_file.ts";
import { Staging } from "./files/staging.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { Report, throwIfCancelled, type Warning } from "./report.ts";
import { logged } from "./directory/run_log.ts";
import { leaveNoting } from "./restore/leave_noting.ts";
import { rescueUnderSafety, type RescueWork, runRescue } from "./restore/rescue_work.ts";
import { bringArtifact } from "./artifact/bring_artifact.ts";
import type { Formats } from "./artifact/formats.ts";
import { signalOf } from "./targets/target_work.ts";
import { provedIn, refuseBad } from "./artifact/prove_staged.ts";

/** What {@linkcode rescue} is given. */
export interface RescueOptions extends PlaceOptions {
  /** An id, a file name, an unambiguous beginning, `latest` (the default) or a path. */
  readonly backup?: string | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /** The table, in the backup and in the live database. */
  readonly table: string;
  /** An SQL expression over the columns in the backup: only rows that fulfil it. */
  readonly where?: string | undefined;
  /** Also overwrite rows that are there and differ. */
  readonly replace?: boolean | undefined;
  /** Only count: nothing is changed. */
  readonly dryRun?: boolean | undefined;
  /** Sees what would be brought back; anything but `true` stops there. */
  readonly confirm?: ((preview: RescueCounts) => boolean | Promise<boolean>) | undefined;
  /** Milliseconds to win the lock of the live database; 10,000 by default. */
  readonly lockMs?: number | undefined;
  /** Milliseconds without a word after which it is ended; 120,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** Rows that were brought back, or would be. */
export type RescueCounts = RescueJobResult;

/** What was brought back. */
export interface RescueResult extends RescueCounts {
  /** The backup's id; `null` for a file that the catalog does not know. */
  readonly id: string | null;
  /** The backup, by name or path. */
  readonly backup: string;
  /** Absolute path of the live database. */
  readonly database: string;
  /** The state before, for `undo`; `null` where nothing was changed. */
  readonly safetyBackup:
    | { readonly id: string; readonly name: string; readonly path: string }
    | null;
  /** Nothing was changed: it was only looked. */
  readonly dryRun: boolean;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Inserts the rows of one table that the backup has and the live database lacks, by
 * primary key or rowid, in one transaction: all or none. Foreign keys are respected, the
 * application's triggers run, generated columns are calculated anew, columns are matched
 * by name. A safety backup comes first, so that `undo` takes it back. Needs
 * `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `DATABASE_MISSING`,
 * `DATABASE_BUSY`, `USAGE` (no such table, a bad condition), `RESTORE_FAILED` (a constraint
 * refuses a row, or the file has hard links: nothing was changed), `LOCKED`, `NO_SPACE`, `CANCELLED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, rescue, undo } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
 * app.exec("INSERT INTO notes (text) VALUES ('one'), ('two')");
 * await backup({ database });
 * app.exec("DELETE FROM notes; INSERT INTO notes VALUES (3, 'three')");
 *
 * const { inserted } = await rescue({ database, table: "notes", where: "text = 'two'" });
 * console.log(inserted, app.prepare("SELECT text FROM notes").all()); // 1, two and three
 * await undo({ database });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function rescue(options: RescueOptions): Promise<RescueResult> {
  const { clock = systemClock, onEvent, signal, waitMs } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("rescue", { subject, clock, onEvent });
  try {
    refuseSenseless(options);
    if (options.where !== undefined) oneExpression(options.where);
    const place = await resolvePlace(options);
    const database = await findDatabase(place.database);
    refuseHardLinks(database, "bring rows back into", "remove the others; the data stays.");
    // A wrong path must not become a new backup directory.
    if (!await isDirectory(place.directory)) await chooseBackup([], options);
    using open = await openDirectory(place, { report, clock, signal, waitMs });
    const chosen = await chooseBackup(open.catalog.records({ deleted: false }), options);
    await using staging = await Staging.create(open.place.directory);
    const work = await stage(chosen, { database, open, staging, report, clock, options });
    const preview = await runRescue(work, { dryRun: true });
    warnOfColumns(preview, report);
    const result = options.dryRun === true || changes(preview) === 0
      ? outcome(work, preview, null)
      : await bringBack(work, preview);
    report.finished(summaryOf(result));
    return { ...result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "RESTORE_FAILED");
  }
}

/** The backup, staged and verified: rows of a damaged one are not brought back. */
async function stage(
  chosen: Chosen,
  rest: Omit<RescueWork, "record" | "title" | "artifact">,
): Promise<RescueWork> {
  const { open, staging, report, options } = rest;
  const record = chosen.kind === "record" ? chosen.record : undefined;
  const path = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const title = record?.name ?? path;
  const { path: artifact, record: content } = await bringArtifact({ record, path }, {
    staging,
    formats: options.formats,
    report,
    signal: signalOf(options.signal),
  });
  const proof = { verify: "quick" } as const;
  const { directory } = open.place;
  const proved = await provedIn(staging, artifact, {
    ...proof,
    report,
    directory,
    signal: options.signal,
    expectSha256: content?.sha256,
  });
  refuseBad(proved, { record: content, path: title, options: proof });
  return { ...rest, record, title, artifact };
}

function changes({ inserted, replaced }: RescueCounts): number {
  return inserted + replaced;
}

function warnOfColumns({ leftOut, table }: RescueCounts, report: Report): void {
  if (leftOut.length === 0) return;
  report.warn({
    code: "COLUMNS_LEFT_OUT",
    message: `The table "${table}" has no longer the columns ${leftOut.join(", ")}`,
    hint: "Their values stay in the backup only.",
  });
}

async function bringBack(
  work: RescueWork,
  preview: RescueCounts,
): Promise<Omit<RescueResult, "warnings">> {
  const { options, open, clock, report } = work;
  if (options.confirm !== undefined && await options.confirm(preview) !== true) {
    throw new HoldfastError("CANCELLED", "Nothing was changed: it was not confirmed");
  }
  throwIfCancelled(options.signal);
  const log = { catalog: open.catalog, clock, unnoted: leaveNoting(work) };
  return await logged("rescue", log, async () => {
    const { counts, safety } = await rescueUnderSafety(work);
    await mirror(open.catalog, report);
    const result = outcome(work, counts, safety);
    return {
      result,
      end: {
        outcome: "done",
        backupId: work.record?.id ?? null,
        message: `${summaryOf(result)} from ${work.title}`,
        details: { safetyBackup: safety.id, table: counts.table, where: options.where ?? null },
      },
    };
  });
}

function outcome(
  { record, title, database, options }: RescueWork,
  counts: RescueCounts,
  safety: BackupRecord | null,
): Omit<RescueResult, "warnings"> {
  return {
    ...counts,
    id: record?.id ?? null,
    backup: title,
    database: database.path,
    safetyBackup: safety === null ? null : { id: safety.id, name: safety.name, path: safety.path },
    dryRun: options.dryRun === true,
  };
}

function summaryOf(result: Omit<RescueResult, "warnings">): string {
  const { inserted, replaced, table, safetyBackup } = result;
  if (safetyBackup === null) return "nothing was changed";
  return `Rows of ${table}: ${inserted} inserted, ${replaced} replaced`;
}
