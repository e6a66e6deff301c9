/**
 * Restores a backup onto the live database while applications have it open.
 *
 * @module
 */

import type { BackupRecord } from "./artifact/backup_record.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { chooseBackup } from "./artifact/choose_backup.ts";
import { type Clock, systemClock } from "./clock.ts";
import { HoldfastError } from "./errors.ts";
import type { EventListener } from "./events.ts";
import { refuseSenseless } from "./given_options.ts";
import type { Formats } from "./artifact/formats.ts";
import { isDirectory } from "./files/is_file.ts";
import { Staging } from "./files/staging.ts";
import { iso } from "./artifact/new_record.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { contentMetadata, type ProofOptions } from "./artifact/proof.ts";
import { Report, throwIfCancelled, type Warning } from "./report.ts";
import { doubtsAboutFiles, filesChange, previewOf } from "./restore/files_change.ts";
import { leaveNoting } from "./restore/leave_noting.ts";
import { replace } from "./restore/replace.ts";
import { refuseDoubts, refuseForSpace } from "./restore/restore_checks.ts";
import {
  doubtsAbout,
  lookAtLive,
  type RestorePreview,
  tableChanges,
} from "./restore/restore_preview.ts";
import { stageForRestore } from "./restore/restore_stage.ts";
import { restoreTo } from "./restore/restore_to.ts";
import type { RestoreWork } from "./restore/restore_work.ts";
import { noteInterrupted } from "./restore/finish_restore.ts";
import { logged } from "./directory/run_log.ts";
import type { CopySource } from "./targets/restore_source.ts";
import { provedIn, refuseBad } from "./artifact/prove_staged.ts";

/** What {@linkcode restore} is given. */
export interface RestoreOptions extends PlaceOptions {
  /** An id, a file name, an unambiguous beginning, `latest` (the default) or a path. */
  readonly backup?: string | undefined;
  /** The newest good backup that is not younger. */
  readonly at?: Temporal.Instant | undefined;
  /** Take the copy on this target, by the same names, not the backup here. */
  readonly from?: CopySource | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /**
   * Bring the files of a packed backup back too: the default onto the live database. Into
   * another path (`to`) only the database is brought by default.
   */
  readonly files?: boolean | undefined;
  /** Restore into this path, not onto the live database. */
  readonly to?: string | undefined;
  /** Replace what is at `to`; restore what gives one pause. */
  readonly force?: boolean | undefined;
  /** Stop after the preview: nothing is changed. */
  readonly dryRun?: boolean | undefined;
  /** Take a safety backup first (the default). Without one there is no undo. */
  readonly safety?: boolean | undefined;
  /**
   * Compare the SHA-256 with the record's before (the default). Without it a file that
   * was changed, and that SQLite still finds sound, is restored.
   */
  readonly checksum?: boolean | undefined;
  /** How to check the integrity before; `quick` by default. */
  readonly verify?: ProofOptions["verify"];
  /** Sees what would change; anything but `true` stops there. */
  readonly confirm?: ((preview: RestorePreview) => boolean | Promise<boolean>) | undefined;
  /** Runs before anything is changed: stop background jobs here. */
  readonly before?: (() => void | Promise<void>) | undefined;
  /** Runs at the end, also after a failure. */
  readonly after?: (() => void | Promise<void>) | undefined;
  /** Milliseconds to win the lock of the live database; 10,000 by default. */
  readonly lockMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What was restored. */
export interface RestoreResult {
  /** The backup's id; `null` for a file that the catalog does not know. */
  readonly id: string | null;
  /** The backup, by name or path. */
  readonly backup: string;
  /** Where it was restored. */
  readonly database: string;
  /** When it was done (ISO 8601, UTC). */
  readonly restoredAt: string;
  /** The state before, for `undo`; `null` where there was none or none was wanted. */
  readonly safetyBackup:
    | { readonly id: string; readonly name: string; readonly path: string }
    | null;
  /** Files were swapped: programs that had the old ones open must start again. */
  readonly requiresRestart: boolean;
  /** It was a dry run. */
  readonly dryRun: boolean;
  /** What changed, as it stood before. */
  readonly preview: RestorePreview | null;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Restores a backup. The live database changes in one transaction, seen at once by
 * whatever has it open; a safety backup comes first, so that `undo` brings the state
 * before back. A kill at any moment leaves the old or the new state, whole.
 *
 * Needs `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `DATABASE_BUSY`,
 * `DESTINATION_EXISTS`, `NO_SPACE`, `LOCKED`, `CANCELLED`, `USAGE`, `RESTORE_FAILED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, restore, undo } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('keep me')");
 * await backup({ database });
 * app.exec("DELETE FROM notes");
 *
 * await restore({ database }); // the application stays connected
 * console.log(app.prepare("SELECT text FROM notes").all()); // [ { text: "keep me" } ]
 * await undo({ database });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { clock = systemClock, onEvent } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("restore", { subject, clock, onEvent });
  return await restoreUnder(report, { ...options, clock });
}

/** Restores, told as `report`'s job. */
export async function restoreUnder(
  report: Report,
  options: RestoreOptions & {
    readonly clock: Clock;
    /** Names the backup, asked when the directory is open and put right. */
    readonly choose?: (catalog: Catalog) => string;
  },
): Promise<RestoreResult> {
  try {
    refuseSenseless(options);
    const place = await resolvePlace(options);
    const { clock, signal, waitMs } = options;
    // A wrong path must not become a new backup directory; a copy from elsewhere makes one.
    if (options.from === undefined && !await isDirectory(place.directory)) {
      await chooseBackup([], options);
    }
    using open = await openDirectory(place, { report, clock, signal, waitMs });
    const records = open.catalog.records({ deleted: false });
    const backup = options.choose?.(open.catalog) ?? options.backup;
    const chosen = options.from === undefined
      ? await chooseBackup(records, { ...options, backup })
      : undefined;
    await using staging = await Staging.create(open.place.directory);
    const work = await stageForRestore(chosen, { open, staging, report, options });
    const result = options.to === undefined
      ? await ontoDatabase(work)
      : await restoreTo(work, options.to);
    report.finished(result.dryRun ? "nothing was changed" : `restored ${result.backup}`);
    return { ...result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "RESTORE_FAILED");
  }
}

async function ontoDatabase(work: RestoreWork): Promise<Omit<RestoreResult, "warnings">> {
  const { options, report, signal, clock } = work;
  const metadata = await verified(work);
  const live = await lookAtLive(work.database, { busyMs: options.lockMs ?? 10_000, signal });
  const change = await filesChange(work);
  const strange = work.record === undefined ? doubtsAboutFiles(change) : [];
  const preview: RestorePreview = {
    ...whatOf(work),
    live: live.kind,
    tables: tableChanges(live, metadata),
    doubts: [...doubtsAbout(live, metadata), ...strange],
    files: change === undefined ? null : previewOf(change),
    safety: options.safety !== false,
  };
  const result = { ...resultOf(work), preview };
  if (options.dryRun) return { ...result, dryRun: true, restoredAt: iso(clock.now()) };
  if (options.confirm !== undefined && await options.confirm(preview) !== true) {
    throw new HoldfastError("CANCELLED", "Nothing was changed: the restore was not confirmed");
  }
  refuseDoubts(preview, options);
  await refuseForSpace(work, live);
  throwIfCancelled(signal);
  const log = { catalog: work.open.catalog, clock, unnoted: leaveNoting(work) };
  return await logged("restore", log, async () => {
    const { safety, requiresRestart } = await withHooks(
      work,
      () => replace(work, { live, change }),
    );
    await mirror(work.open.catalog, report);
    const safetyBackup = safety === undefined
      ? null
      : { id: safety.id, name: safety.name, path: safety.path };
    return {
      result: { ...result, safetyBackup, requiresRestart, restoredAt: iso(clock.now()) },
      end: {
        outcome: "done",
        backupId: work.record?.id ?? null,
        message: work.title,
        details: { safetyBackup: safetyBackup?.id ?? null, undo: report.job === "undo" },
      },
    };
  });
}

/** Verifies the staged file; gives what it holds. Kept damaged files are taken as they are. */
async function verified(work: RestoreWork): Promise<ReturnType<typeof contentMetadata>> {
  const { record, staging, artifact, title, options, report, signal, open } = work;
  if (record?.format === "files") return record.metadata;
  const proof: ProofOptions = { verify: options.verify ?? "quick" };
  const directory = open.place.directory;
  const context = { ...proof, report, directory, signal, expectSha256: record?.sha256 };
  const proved = await provedIn(staging, artifact, context);
  // A safety backup of a damaged database is as damaged, and may be wanted back.
  const asIs = record?.metadata.damaged === true && record.sha256 === proved.sha256;
  const compared = options.checksum === false ? undefined : record;
  if (!asIs) refuseBad(proved, { record: compared, path: title, options: proof });
  return contentMetadata(proved, proof);
}

async function withHooks<T extends { readonly safety: BackupRecord | undefined }>(
  { options: { before, after }, open: { catalog }, clock, title }: RestoreWork,
  restoring: () => Promise<T>,
): Promise<T> {
  let done: T;
  try {
    await before?.();
    done = await restoring();
  } catch (error) {
    await after?.();
    throw error;
  }
  try {
    await after?.();
  } catch (error) {
    noteInterrupted({ restoring: title }, done.safety, { catalog, clock });
    throw error;
  }
  return done;
}

function whatOf(
  { database, title, record }: RestoreWork,
): Pick<RestorePreview, "database" | "backup" | "id" | "createdAt"> {
  return {
    database,
    backup: title,
    id: record?.id ?? null,
    createdAt: record?.createdAt ?? null,
  };
}

function resultOf(work: RestoreWork): Omit<RestoreResult, "warnings" | "restoredAt" | "preview"> {
  return {
    id: work.record?.id ?? null,
    backup: work.title,
    database: work.database,
    safetyBackup: null,
    requiresRestart: false,
    dryRun: false,
  };
}
