/**
 * Compares what the catalog believes of a target with what is there.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { TargetObject } from "../extend/target.ts";
import { isFile } from "../files/is_file.ts";
import { copiesOf, type CopyRow, forgetCopy } from "./copies_table.ts";
import { isArtifact, recordBody } from "./copy_object.ts";
import { backupOnTarget, COPY_RECORD_VERSION, type CopyRecord, recordKey } from "./copy_record.ts";
import type { CopyOwner } from "./push_copy.ts";
import type { TargetWork } from "./target_work.ts";

/**
 * Lists what lies under the prefix of the owner. Copies that are not there any more are forgotten,
 * so that they are sent again; one that only lost its record, and whose backup is not here to be
 * sent again, gets the record anew.
 *
 * @returns What is there, by key.
 */
export async function compareListing(
  catalog: Catalog,
  owner: CopyOwner,
  work: TargetWork,
): Promise<ReadonlyMap<string, TargetObject>> {
  const there = new Map<string, TargetObject>();
  for await (const object of work.target.list(`${owner.prefix}/`, { signal: work.signal })) {
    there.set(object.key, object);
  }
  for (const row of copiesOf(catalog, work.place.name)) {
    if (row.state !== "stored" || !row.key.startsWith(`${owner.prefix}/`)) continue;
    const object = there.get(row.key);
    if (object?.size === row.size && there.has(recordKey(row.key))) continue;
    const record = await lostRecord(row, { catalog, owner, work });
    if (record === undefined || !isArtifact(object, record)) forgetCopy(catalog, row);
    else await work.target.put(recordKey(row.key), recordBody(record), { signal: work.signal });
  }
  return there;
}

/** What the record of a copy said; `undefined` where the backup is here and is sent again. */
async function lostRecord(
  { backupId, key, size, sha256, codecs }: CopyRow,
  { catalog, owner, work }: {
    readonly catalog: Catalog;
    readonly owner: CopyOwner;
    readonly work: TargetWork;
  },
): Promise<CopyRecord | undefined> {
  const backup = catalog.record(backupId);
  if (backup === undefined || size === null || sha256 === null) return undefined;
  if (backup.deletedAt === null && await isFile(backup.path)) return undefined;
  const used = await Promise.all(codecs.map((name) => work.place.codec(name)));
  return {
    version: COPY_RECORD_VERSION,
    database: owner.database,
    artifact: { key, size, sha256, codecs },
    backup: backupOnTarget(backup, used.some(({ encrypts }) => encrypts === true)),
  };
}
