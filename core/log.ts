/**
 * Reads the catalog's log: who backed up, restored, deleted, exported what and when.
 *
 * @module
 */

import { Catalog } from "./catalog/catalog.ts";
import type { Run } from "./catalog/run.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";

/** What {@linkcode readLog} is given. */
export interface LogOptions extends PlaceOptions {
  /** At most so many, newest first; 100 by default. */
  readonly limit?: number | undefined;
  /** Only this job; an `undo` is a restore of its own. */
  readonly job?: string | undefined;
  /** Only runs that began then or later. */
  readonly since?: Temporal.Instant | undefined;
  /** Only runs that began then or before. */
  readonly until?: Temporal.Instant | undefined;
  /** Only runs that failed. */
  readonly failed?: boolean | undefined;
}

/**
 * Reads the log of runs, newest first. Takes no lock. Needs `--allow-read`.
 *
 * @throws {HoldfastError} `BACKUP_LIST_FAILED`, `BACKUP_NOT_FOUND`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, readLog } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database });
 *
 * for (const { startedAt, job, outcome } of await readLog({ database })) {
 *   console.log(startedAt, job, outcome); // 2026-… backup done
 * }
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function readLog(options: LogOptions): Promise<readonly Run[]> {
  const { limit = 100, job, since, until, failed = false } = options;
  const isUndo = job === "undo";
  const { directory } = await resolvePlace(options);
  using catalog = Catalog.openToRead(directory);
  if (catalog === undefined) return [];
  const at = (run: Run): number => Temporal.Instant.from(run.startedAt).epochMilliseconds;
  return catalog.runs({
    ...(job === undefined ? {} : { jobs: [isUndo ? "restore" : job] }),
    ...(failed ? { outcomes: ["failed", "partly"] } : {}),
    ...(since === undefined && until === undefined && !isUndo ? { limit } : {}),
  }).filter((run) =>
    (!isUndo || run.details.undo === true) &&
    (since === undefined || at(run) >= since.epochMilliseconds) &&
    (until === undefined || at(run) <= until.epochMilliseconds)
  ).slice(0, limit);
}
