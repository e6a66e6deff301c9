/**
 * Two lists of records of one backup directory as one: the catalog and what another
 * machine, or a manifest, knows. Pure.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";

/** Where a file of that name lies. */
export type Location = "kept" | "trash" | "gone";

/** The records of both, in the order of taking. */
export interface MergedRecords {
  /** Their sequence numbers are new, from 1. */
  readonly records: readonly BackupRecord[];
  /** How many only the other list had. */
  readonly added: number;
  /** How many both had and that changed. */
  readonly changed: number;
}

/**
 * Merges by id; nothing of either is lost: a pin and a remark stay, the later proof counts,
 * and where one says deleted, the file's place decides. The order of each list stays; between
 * the two the times decide.
 *
 * @param ours In the order of taking.
 * @param theirs In the order of taking; names that collide were changed before.
 */
export function mergeRecords(
  ours: readonly BackupRecord[],
  theirs: readonly BackupRecord[],
  locate: (name: string) => Location,
): MergedRecords {
  const others = new Map(theirs.map((record) => [record.id, record]));
  const known = new Set(ours.map(({ id }) => id));
  const mine = ours.map((record) => {
    const other = others.get(record.id);
    return other === undefined ? record : mergeOne(record, other, locate(record.name));
  });
  const fresh = theirs.filter(({ id }) => !known.has(id))
    .map((record) => placed(record, locate(record.name)));
  const changed =
    mine.filter((record, index) => JSON.stringify(record) !== JSON.stringify(ours[index])).length;
  const records = interleave(mine, fresh)
    .map((record, index) => ({ ...record, sequence: index + 1 }));
  return { records, added: fresh.length, changed };
}

function mergeOne(ours: BackupRecord, theirs: BackupRecord, at: Location): BackupRecord {
  const later = (theirs.provedAt ?? "") > (ours.provedAt ?? "") ? theirs : ours;
  return placed({
    ...ours,
    proof: later.proof,
    provedAt: later.provedAt,
    pinned: ours.pinned || theirs.pinned,
    note: ours.note ?? theirs.note,
    expiresAt: ours.expiresAt ?? theirs.expiresAt,
    sha256: ours.sha256 ?? theirs.sha256,
    deletedAt: ours.deletedAt ?? theirs.deletedAt,
  }, at);
}

/** A file that lies where backups lie is not deleted, whoever said so. */
function placed(record: BackupRecord, at: Location): BackupRecord {
  return at === "kept" && record.deletedAt !== null ? { ...record, deletedAt: null } : record;
}

function interleave(
  a: readonly BackupRecord[],
  b: readonly BackupRecord[],
): readonly BackupRecord[] {
  const merged: BackupRecord[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    const takeLeft = right === undefined ||
      left !== undefined && left.createdAt <= right.createdAt;
    const next = takeLeft ? left : right;
    if (takeLeft) i++;
    else j++;
    if (next !== undefined) merged.push(next);
  }
  return merged;
}
