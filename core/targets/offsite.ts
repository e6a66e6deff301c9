/**
 * What the catalog knows of copies beyond the backup directory, for health.
 *
 * @module
 */

import { isGood } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { copiesOf } from "./copies_table.ts";

/** The copies on one target. */
export interface OffsiteState {
  readonly target: string;
  /** Good copies that are whole as far as is known. */
  readonly good: number;
  /** Those that were found damaged or gone, or did not arrive. */
  readonly bad: number;
  /** When the newest backup of the good copies was taken, ISO 8601 in UTC. */
  readonly newestTakenAt: string | null;
  /** When one was last found whole by a verification. */
  readonly lastVerifiedAt: string | null;
}

/** The state of each target that has, or should have, a copy. */
export function offsiteStates(catalog: Catalog): readonly OffsiteState[] {
  const rows = copiesOf(catalog);
  return [...new Set(rows.map(({ target }) => target))].map((target) => {
    const own = rows.filter((row) => row.target === target);
    const good = own.filter(({ state }) => state === "stored").flatMap((row) => {
      const record = catalog.record(row.backupId);
      const counts = record !== undefined && isGood(record) && record.reason !== "pre-restore";
      return counts ? [{ row, record }] : [];
    });
    return {
      target,
      good: good.length,
      bad: own.filter(({ state }) => state === "bad" || state === "failed").length,
      newestTakenAt: latest(good.map(({ record }) => record.createdAt)),
      lastVerifiedAt: latest(good.map(({ row }) => row.verifiedAt)),
    };
  });
}

/**
 * How old the newest good copy beyond this directory is: the age of its backup, not of
 * the upload. `undefined` where there is none.
 */
export function offsiteAge(catalog: Catalog, now: Temporal.Instant): Temporal.Duration | undefined {
  const newest = latest(offsiteStates(catalog).map(({ newestTakenAt }) => newestTakenAt));
  if (newest === null) return undefined;
  return now.since(Temporal.Instant.from(newest), { largestUnit: "hour" });
}

/** Of instants written alike, the last. */
function latest(instants: readonly (string | null)[]): string | null {
  return instants.reduce<string | null>(
    (last, at) => at !== null && (last === null || at > last) ? at : last,
    null,
  );
}
