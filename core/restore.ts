/**
 * Restores a backup onto the live database while applications have it open.
 *
 * @module
 */

import type { Catalog } from "./catalog/catalog.ts";
import { chooseBackup } from "./artifact/choose_backup.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { EventListener } from "./events.ts";
import { refuseSenseless } from "./given_options.ts";
import type { Formats } from "./artifact/formats.ts";
import { isDirectory } from "./files/is_file.ts";
import { Staging } from "./files/staging.ts";
import { openDirectory } from "./directory/open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import type { ProofOptions } from "./artifact/proof.ts";
import { Report, type Warning } from "./report.ts";
import { restoreDatabase } from "./restore/restore_database.ts";
import type { RestorePreview } from "./restore/restore_preview.ts";
import { stageForRestore } from "./restore/restore_stage.ts";
import { restoreTo } from "./restore/restore_to.ts";
import type { CopySource } from "./targets/restore_source.ts";

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
      ? await restoreDatabase(work)
      : await restoreTo(work, options.to);
    report.finished(result.dryRun ? "nothing was changed" : `restored ${result.backup}`);
    return { ...result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "RESTORE_FAILED");
  }
}
