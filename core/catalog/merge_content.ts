/**
 * Takes into a catalog what another catalog, or a manifest, knows of the same directory.
 *
 * @module
 */

import { join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { hashFile } from "../files/hash_file.ts";
import { existsNow } from "../files/is_file.ts";
import type { Catalog } from "./catalog.ts";
import { type Location, type MergedRecords, mergeRecords } from "./merge_records.ts";
import { isPlainName } from "./plain_name.ts";
import type { CatalogContent } from "./read_any_catalog.ts";
import { TRASH_DIR } from "./record_row.ts";

/** What is taken in; a manifest has records only. */
export type MergeSource = Pick<CatalogContent, "records"> & Partial<CatalogContent>;

/**
 * Merges it in one transaction. Records whose name another backup has get a new one.
 *
 * @param directory Where the files lie.
 */
export async function mergeContent(
  catalog: Catalog,
  source: MergeSource,
  directory: string,
): Promise<Pick<MergedRecords, "added" | "changed">> {
  const ours = catalog.records({ deleted: true }).reverse();
  const theirs = source.records.filter(({ name }) => isPlainName(name));
  const renamed = await withFreeNames(ours, theirs, directory);
  const merged = mergeRecords(renamed.ours, renamed.theirs, (name) => locate(directory, name));
  const { added, changed } = merged;
  catalog.transaction(() => {
    if (added + changed > 0) catalog.replaceAll(merged.records);
    const runs = new Map(catalog.runs().map((run) => [run.id, run]));
    for (const run of source.runs ?? []) {
      const known = runs.get(run.id);
      if (known === undefined || known.outcome === "running") catalog.putRun(run);
    }
    catalog.addCopies(source.copies ?? []);
    for (const [key, value] of source.facts ?? []) {
      if (catalog.fact(key) === undefined) catalog.setFact(key, value);
    }
  });
  return { added, changed };
}

/** Where a file of that name lies. */
export function locate(directory: string, name: string): Location {
  if (existsNow(join(directory, name))) return "kept";
  return existsNow(join(directory, TRASH_DIR, name)) ? "trash" : "gone";
}

/** Two machines gave one name: it stays with the backup whose hash the file has. */
async function withFreeNames(
  ours: readonly BackupRecord[],
  theirs: readonly BackupRecord[],
  directory: string,
): Promise<{ readonly ours: readonly BackupRecord[]; readonly theirs: readonly BackupRecord[] }> {
  const mine = new Map(ours.map((record) => [record.name, record]));
  const taken = new Set([...ours, ...theirs].map(({ name }) => name));
  const kept = [...ours];
  const given: BackupRecord[] = [];
  for (const record of theirs) {
    const rival = mine.get(record.name);
    if (rival === undefined || rival.id === record.id) {
      given.push(record);
      continue;
    }
    const path = join(directory, record.name);
    const theirFile = record.sha256 !== null && existsNow(path) &&
      await hashFile(path) === record.sha256 && rival.sha256 !== record.sha256;
    const name = freeName(record.name, taken);
    if (theirFile) {
      kept[kept.indexOf(rival)] = { ...rival, name };
      given.push(record);
    } else given.push({ ...record, name });
  }
  return { ours: kept, theirs: given };
}

function freeName(name: string, taken: Set<string>): string {
  const [, stem = name, extension = ""] = /^([^.]*?)(?:_\d+)?(\..*)?$/.exec(name) ?? [];
  for (let number = 2;; number++) {
    const free = `${stem}_${number}${extension}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}
