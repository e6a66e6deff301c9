/**
 * Rebuilds the catalog of a backup directory from a target alone, on a new machine.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { recordOfManifest } from "../catalog/manifest.ts";
import { HoldfastError } from "../errors.ts";
import { mirror, type OpenDirectory, openDirectory } from "../directory/open_directory.ts";
import type { Warning } from "../report.ts";
import { logged } from "../directory/run_log.ts";
import { copiesJob, type CopiesOptions } from "./copies_job.ts";
import { putCopy } from "./copies_table.ts";
import { adoptPrefix } from "./owner.ts";
import type { FoundCopies, FoundCopy } from "./read_copies.ts";

/** What {@linkcode rebuildFromTarget} is given: the database may be missing, its path counts. */
export interface RebuildFromTargetOptions extends CopiesOptions {
  /** Whose backups they are: the path of the live database. */
  readonly database: string;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
}

/** What the catalog knows now. */
export interface RebuildFromTargetResult {
  /** The backup directory. */
  readonly directory: string;
  /** Whose backups they are: the path of the live database. */
  readonly database: string;
  /** Newest first; their files are on the target until they are pulled. */
  readonly backups: readonly BackupRecord[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Fills an empty backup directory with the records of the copies on a target, under the
 * id that it had: later backups go on there. The files stay on the target: `pull` or a
 * restore with the target fetches them.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where no copies are there;
 * `DESTINATION_EXISTS` where the directory has backups; `TARGET_FAILED`, `USAGE`, `LOCKED`.
 */
export async function rebuildFromTarget(
  options: RebuildFromTargetOptions,
): Promise<RebuildFromTargetResult> {
  const { result, warnings } = await copiesJob("catalog", options, async (found, work) => {
    const { report, clock, signal, here, place } = work;
    if (found.copies.length === 0) {
      throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find copies on target "${place.name}"`, {
        hint: "`holdfast list --target` shows what is there.",
      });
    }
    using open = await openDirectory(here, { report, clock, signal, waitMs: options.waitMs });
    return await logged("catalog", { catalog: open.catalog, clock }, async () => {
      fill(open, found, place.name);
      await mirror(open.catalog, report);
      const backups = open.catalog.records();
      const summary = `${backups.length} backups`;
      return {
        result: { result: { ...here, backups }, summary },
        end: { outcome: "done", message: summary },
      };
    });
  });
  return { ...result, warnings };
}

function fill({ catalog }: OpenDirectory, { copies, prefix }: FoundCopies, target: string): void {
  if (catalog.records({ deleted: true, limit: 1 }).length > 0) {
    throw new HoldfastError(
      "DESTINATION_EXISTS",
      `Cannot rebuild the catalog of "${catalog.directory}": it has backups`,
      { hint: "Choose an empty --directory. To fetch copies into this one: holdfast pull" },
    );
  }
  catalog.transaction(() => {
    const [newest] = copies;
    if (newest !== undefined) catalog.setFact("id", newest.record.database.id);
    if (prefix !== undefined) adoptPrefix(catalog, prefix);
    for (const copy of copies) take(copy, { catalog }, target);
  });
}

function take(
  { record: { artifact, backup }, object }: FoundCopy,
  { catalog }: Pick<OpenDirectory, "catalog">,
  target: string,
): void {
  if (catalog.record(backup.id) !== undefined) return;
  catalog.put({ ...recordOfManifest(backup, catalog.directory), deletedAt: null });
  putCopy(catalog, {
    backupId: backup.id,
    target,
    key: artifact.key,
    state: object.size === artifact.size ? "stored" : "bad",
    size: artifact.size,
    sha256: artifact.sha256,
    codecs: artifact.codecs,
    storedAt: object.modifiedAt?.toString({ fractionalSecondDigits: 3 }) ?? null,
    verifiedAt: null,
    error: null,
  });
}
