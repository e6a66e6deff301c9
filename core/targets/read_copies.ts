/**
 * What copies a target holds, by their records.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { TargetError } from "../extend/target_error.ts";
import type { TargetObject } from "../extend/target.ts";
import { readCopyRecord } from "./copy_object.ts";
import { copiesPrefix, type CopyRecord, RECORD_SUFFIX } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/** A copy, and what the place says of its artifact. */
export interface FoundCopy {
  readonly record: CopyRecord;
  readonly object: TargetObject;
}

/** What was found on a target. */
export interface FoundCopies {
  /** Newest first. */
  readonly copies: readonly FoundCopy[];
  /** The prefix that they all have. */
  readonly prefix: string | undefined;
}

/**
 * Reads the records of all copies of one database. Objects without a record are none of
 * ours; a damaged record is a warning.
 *
 * Throws a `TargetError`; `USAGE` where copies of several databases are there and
 * `wanted` does not tell which are meant.
 *
 * @param wanted The prefix, a beginning of it, or the name of the database.
 */
export async function readCopies(
  work: TargetWork,
  wanted: { readonly prefix?: string | undefined; readonly name?: string | undefined },
): Promise<FoundCopies> {
  const objects = new Map<string, TargetObject>();
  const { target, signal } = work;
  for await (const object of target.list(wanted.prefix ?? "", { signal })) {
    objects.set(object.key, object);
  }
  const prefix = prefixAmong(objects, wanted);
  const copies: FoundCopy[] = [];
  for (const object of objects.values()) {
    if (!object.key.startsWith(`${prefix}/`)) continue;
    if (!objects.has(`${object.key}${RECORD_SUFFIX}`)) continue;
    const record = await readable(object.key, work);
    if (record !== undefined) copies.push({ record, object });
  }
  copies.sort((a, b) => b.record.backup.sequence - a.record.backup.sequence);
  return { copies, prefix };
}

async function readable(key: string, work: TargetWork): Promise<CopyRecord | undefined> {
  try {
    return await readCopyRecord(key, work);
  } catch (error) {
    if (!(error instanceof TargetError) || error.kind !== "corrupt") throw error;
    work.report.warn({
      code: "COPY_UNREADABLE",
      message: `Target "${work.place.name}": ${error.message}`,
      hint: error.hint,
    });
    return undefined;
  }
}

/** The one prefix that is meant. Copies of a database of another name are never taken for its own. */
function prefixAmong(
  objects: ReadonlyMap<string, TargetObject>,
  { prefix, name }: { readonly prefix?: string | undefined; readonly name?: string | undefined },
): string | undefined {
  const all = new Set(
    [...objects.keys()].filter((key) => key.endsWith(RECORD_SUFFIX) && key.includes("/"))
      .map((key) => key.slice(0, key.lastIndexOf("/"))),
  );
  const fitting = [...all].filter((each) => prefix === undefined || each.startsWith(prefix));
  const own = name === undefined ? fitting : fitting.filter((each) => isOfDatabase(each, name));
  const [only, ...others] = own;
  if (others.length === 0 && (only !== undefined || fitting.length === 0)) return only;
  const what = only === undefined
    ? `find copies of "${name}": there are those of ${fitting.join(", ")}`
    : `tell whose copies are meant: there are ${own.join(", ")}`;
  throw new HoldfastError("USAGE", `Cannot ${what}`, {
    hint: "Name one with --copies and the beginning of its name.",
  });
}

/** Whether a prefix is one that a database of this name gets. */
function isOfDatabase(prefix: string, name: string): boolean {
  return prefix.replace(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "-") ===
    copiesPrefix(name, "");
}
