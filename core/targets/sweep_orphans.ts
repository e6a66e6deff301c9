/**
 * Removes from a target what an upload left that was killed before its record was written.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { TargetObject } from "../extend/target.ts";
import { TargetError } from "../extend/target_error.ts";
import { copiesOf, type CopyRow, forgetCopy } from "./copies_table.ts";
import { RECORD_SUFFIX, recordKey } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/** What was removed. */
export interface SweptObject {
  /** Its key on the target. */
  readonly key: string;
  /** Its bytes. */
  readonly size: number;
}

/** Younger ones may belong to an upload that still runs elsewhere, or to a clock that is wrong. */
const ORPHAN_HOURS = 24;

/** What is looked through. */
export interface SweepOptions {
  readonly catalog: Catalog;
  /** The prefix of the copies of this backup directory. */
  readonly prefix: string;
  /** What the target had when it was listed, by key. */
  readonly listed: ReadonlyMap<string, TargetObject>;
}

/**
 * Removes the objects that are named like a backup which was deleted here, have no record, are
 * older than a day by the clock of this run, and stand for no copy in the catalog. What the
 * catalog does not know stays: it may be the last copy of a backup. A place that tells no time
 * keeps everything, and one that refuses to remove is a warning.
 */
export async function sweepOrphans(
  options: SweepOptions,
  work: TargetWork,
): Promise<readonly SweptObject[]> {
  const swept: SweptObject[] = [];
  try {
    for (const key of candidates(options, work)) {
      const claim = copiesOf(options.catalog, work.place.name).find((row) => row.key === key);
      if (claim !== undefined && isCopy(claim)) continue;
      const object = await stillOrphan(key, work);
      if (object === undefined) continue;
      await work.target.remove(key, { signal: work.signal });
      if (claim !== undefined) forgetCopy(options.catalog, claim);
      swept.push({ key, size: object.size });
    }
  } catch (error) {
    // The copies are there: what cannot be cleared up hinders nobody.
    if (!(error instanceof TargetError)) throw error;
    tellKept(error, work);
  }
  tellSwept(swept, work);
  return swept;
}

function candidates(
  { catalog, prefix, listed }: SweepOptions,
  work: TargetWork,
): readonly string[] {
  const deleted = catalog.records({ deleted: true }).filter(({ deletedAt }) => deletedAt !== null);
  // The suffixes of codecs come after the name.
  const isOfDeleted = (key: string): boolean =>
    deleted.some(({ name }) => `${key}.`.startsWith(`${prefix}/${name}.`));
  return [...listed.values()].filter((object) => {
    const { key } = object;
    return !key.endsWith(RECORD_SUFFIX) && !listed.has(recordKey(key)) && isOld(object, work) &&
      isOfDeleted(key);
  }).map(({ key }) => key);
}

function isOld({ modifiedAt }: TargetObject, { clock }: TargetWork): boolean {
  if (modifiedAt === undefined) return false;
  const limit = clock.now().subtract({ hours: ORPHAN_HOURS });
  return Temporal.Instant.compare(modifiedAt, limit) < 0;
}

function isCopy({ state }: CopyRow): boolean {
  return state !== "uploading" && state !== "failed";
}

/** Asked again: the listing is of before the uploads of this run. */
async function stillOrphan(key: string, work: TargetWork): Promise<TargetObject | undefined> {
  const { target, signal } = work;
  if (await target.stat(recordKey(key), { signal }) !== undefined) return undefined;
  const object = await target.stat(key, { signal });
  return object !== undefined && isOld(object, work) ? object : undefined;
}

function tellSwept(swept: readonly SweptObject[], { place, report }: TargetWork): void {
  if (swept.length === 0) return;
  report.warn({
    code: "LEFTOVERS_REMOVED",
    message: `Target "${place.name}": uploads had been interrupted before their record was ` +
      `written: what ${swept.length} of them left is gone`,
    hint: "Every copy that holdfast knows is untouched.",
  });
}

function tellKept({ message }: TargetError, { place, report }: TargetWork): void {
  report.warn({
    code: "LEFTOVERS_KEPT",
    message: `Target "${place.name}": what an interrupted upload left stays: ${message}`,
    hint: "It only takes room. The next push tries again.",
  });
}
