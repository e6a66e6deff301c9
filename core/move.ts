/**
 * Moves a backup directory, also to another filesystem.
 *
 * Everything is copied and its hash compared, then the copy gets its catalog and is whole;
 * then the old catalog goes, which is the switch: a pointer in the old directory leads on.
 * What is old is removed last. A kill before the switch leaves the old directory as it was,
 * one after it the new one; the same call again, or the next run, ends what was begun.
 *
 * @module
 */

import { join, relative } from "node:path";
import { CATALOG_FILE } from "./catalog/catalog.ts";
import { systemClock } from "./clock.ts";
import { copyEntries, listEntries } from "./directory/copy_entries.ts";
import type { DirectoryJobOptions } from "./directory/directory_job.ts";
import { HoldfastError } from "./errors.ts";
import { refuseWithoutRoom } from "./artifact/estimate.ts";
import { syncDir } from "./files/atomic_file.ts";
import { isDirectory, isFile } from "./files/is_file.ts";
import { clearDestination, prepareDestination, switchCatalog } from "./directory/move_steps.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { writePointer } from "./directory/moved_pointer.ts";
import { realOrGiven, resolvePlace } from "./directory/place.ts";
import { Report, throwIfCancelled, type Warning } from "./report.ts";
import { logged } from "./directory/run_log.ts";

/** What {@linkcode moveBackups} is given. */
export interface MoveOptions extends DirectoryJobOptions {
  /** The new backup directory: missing, or empty. */
  readonly to: string;
}

/** Where the backups are now. */
export interface MoveResult {
  /** Absolute path of the old directory. */
  readonly from: string;
  /** Absolute path of the backup directory. */
  readonly directory: string;
  /** Files that were copied and proved. */
  readonly files: number;
  /** Bytes that were copied. */
  readonly bytes: number;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Moves the backups of a database into another directory. The old one keeps a small file
 * that leads there, so that the database still finds its backups. Needs `--allow-read` and
 * `--allow-write`.
 *
 * @throws {HoldfastError} `DESTINATION_EXISTS` where something is there; `NO_SPACE`;
 * `BACKUP_FAILED` where a copy is not the same; `BACKUP_NOT_FOUND`, `USAGE`, `LOCKED`,
 * `CANCELLED`, `PERMISSION_DENIED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, listBackups, moveBackups } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database });
 *
 * await moveBackups({ database, to: `${dir}/elsewhere` });
 * console.log((await listBackups({ database })).directory); // …/elsewhere
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function moveBackups(options: MoveOptions): Promise<MoveResult> {
  const { clock = systemClock, onEvent } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("move", { subject, clock, onEvent });
  try {
    const result = await moveUnder(report, options);
    report.finished(`${result.files} files are in ${result.directory}`);
    return { ...result, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "BACKUP_FAILED");
  }
}

async function moveUnder(
  report: Report,
  options: MoveOptions,
): Promise<Omit<MoveResult, "warnings">> {
  const { clock = systemClock, signal, waitMs } = options;
  const place = await resolvePlace(options);
  let from = place.directory;
  const to = await realOrGiven(options.to);
  if (!await isDirectory(from)) {
    throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot move "${from}": it is no folder`, {
      hint: "Is the database named right? Its first backup makes the folder: holdfast backup",
    });
  }
  if (await isFile(to)) {
    throw new HoldfastError("DESTINATION_EXISTS", `Cannot move the backups to "${to}": a file`, {
      hint: "Name a folder; it is made where it is not there.",
    });
  }
  refuseNested(from, to);
  let moved: { readonly files: number; readonly bytes: number };
  {
    using open = await openDirectory(place, { report, clock, signal, waitMs });
    const { catalog } = open;
    from = open.place.directory;
    refuseNested(from, to);
    const made = await prepareDestination(to, catalog.fact("id") ?? "");
    try {
      moved = await logged("move", { catalog, clock }, async () => {
        const entries = await listEntries(from);
        const bytes = entries.reduce((sum, { size }) => sum + size, 0);
        await refuseWithoutRoom(to, bytes);
        await copyEntries(entries, { from, to, catalog, report, signal });
        const result = { files: entries.length, bytes };
        return { result, end: { outcome: "done", message: `${from} to ${to}`, details: result } };
      });
      await mirror(catalog, report);
      throwIfCancelled(signal);
    } catch (error) {
      await clearDestination(to, made);
      throw error;
    }
    await switchCatalog(catalog, { from, to, database: place.database });
    await writePointer(from, to);
  }
  // The switch. From here on the new directory counts.
  await Deno.remove(join(from, CATALOG_FILE));
  await syncDir(from);
  const now = { database: place.database, directory: to };
  // Opening it removes the old files.
  using open = await openDirectory(now, { report, clock, waitMs });
  await mirror(open.catalog, report);
  return { from, directory: to, ...moved };
}

/** One inside the other could not be removed. */
function refuseNested(from: string, to: string): void {
  const inside = (path: string): boolean => path === "" || !/^\.\.(?:[/\\]|$)/.test(path);
  if (!inside(relative(from, to)) && !inside(relative(to, from))) return;
  throw new HoldfastError("USAGE", `Cannot move "${from}" to "${to}": one lies in the other`, {
    hint: "Choose a folder beside it, or on another disk.",
  });
}
