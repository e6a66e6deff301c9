/**
 * Prunes a backup directory: applies its retention policy.
 *
 * @module
 */

import {
  carryOut,
  planFor,
  type PolicyOptions,
  type Pruned,
  prunedDetails,
  prunedWords,
  type PrunePlan,
  refuseMassDelete,
} from "./retention/apply_retention.ts";
import { Catalog } from "./catalog/catalog.ts";
import { type Clock, systemClock } from "./clock.ts";
import {
  directoryJob,
  type DirectoryJobOptions,
  type DirectoryWork,
} from "./directory/directory_job.ts";
import { HoldfastError } from "./errors.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import type { Warning } from "./report.ts";
import { plan } from "./retention/retention.ts";
import { defaultRetention } from "./retention/retention_policy.ts";
import type { RunEnd } from "./directory/run_log.ts";

/** What {@linkcode planPrune} is given. */
export interface PlanPruneOptions extends PlaceOptions, PolicyOptions {
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What {@linkcode prune} is given. */
export interface PruneOptions extends DirectoryJobOptions, PolicyOptions {
  /** Stop after the plan: nothing is deleted. */
  readonly dryRun?: boolean | undefined;
  /** Go on also where more than half of the good backups go. */
  readonly allowMassDelete?: boolean | undefined;
  /** Sees the plan before anything is deleted; anything but `true` stops there. */
  readonly confirm?: ((plan: PrunePlan) => boolean | Promise<boolean>) | undefined;
}

/** What was decided and done. */
export interface PruneResult extends Pruned {
  /** What stays and what goes, and why. */
  readonly plan: PrunePlan;
  /** Nothing was changed: it was only looked. */
  readonly dryRun: boolean;
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Says what {@linkcode prune} would keep and delete, with a reason for each backup. Takes
 * no lock and changes nothing. Needs `--allow-read`.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` for a policy that makes no sense;
 * `BACKUP_LIST_FAILED`, `BACKUP_NOT_FOUND`, `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, planPrune } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database });
 *
 * const plan = await planPrune({ database, policy: { keepLast: 5 } });
 * console.log(plan.keep.map(({ backup, why }) => `${backup.name}: ${why}`));
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function planPrune(options: PlanPruneOptions): Promise<PrunePlan> {
  const { clock = systemClock, zone = clock.zone(), policy = defaultRetention() } = options;
  const { directory } = await resolvePlace(options);
  using catalog = Catalog.openToRead(directory);
  if (catalog === undefined) return plan([], policy, clock.now(), zone);
  return await planFor(catalog, { policy, zone, now: clock.now() });
}

/**
 * Applies a retention policy: what it does not keep goes to the trash, from where
 * `undeleteBackups` brings it back for 7 days. After a failed backup (but not for a full
 * disk) nothing is deleted, with a warning. Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `USAGE` where more than half of the good backups would go;
 * `CONFIG_INVALID` for a policy that makes no sense; `BACKUP_NOT_FOUND`, `LOCKED`,
 * `CANCELLED`, `PERMISSION_DENIED`, `BACKUP_LIST_FAILED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, prune, undeleteBackups } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * for (let i = 0; i < 3; i++) await backup({ database, retention: false });
 *
 * const { trashed } = await prune({ database, policy: { keepLast: 2, minKeep: 2 } });
 * console.log(trashed.map(({ name, why }) => `${name}: ${why}`));
 * await undeleteBackups({ database, backups: trashed.map(({ id }) => id) });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  if (options.dryRun === true) {
    const decided = await planPrune(options);
    return { plan: decided, trashed: [], purged: [], dryRun: true, warnings: [] };
  }
  const { result, warnings } = await directoryJob("prune", options, (work) => run(work, options));
  return { ...result, warnings };
}

async function run(work: DirectoryWork, options: PruneOptions): Promise<{
  readonly result: Omit<PruneResult, "warnings">;
  readonly end: RunEnd;
}> {
  const { open, clock, report } = work;
  const { policy, zone = clock.zone(), confirm } = options;
  const decided = await planFor(open.catalog, { policy, zone, now: clock.now() });
  if (options.allowMassDelete !== true) refuseMassDelete(decided);
  if (decided.suspended !== undefined) {
    report.warn({
      code: "PRUNE_SUSPENDED",
      message: `Nothing is deleted: the last backup failed (${decided.suspended})`,
      hint: "Pruning goes on after the next good backup.",
    });
  }
  if (confirm !== undefined && decided.delete.length > 0 && !await confirm(decided)) {
    throw new HoldfastError("CANCELLED", "Nothing was deleted");
  }
  const done = await carryOut(decided, work);
  return {
    result: { plan: decided, ...done, dryRun: false },
    end: { outcome: "done", message: prunedWords(done), details: prunedDetails(done) },
  };
}
