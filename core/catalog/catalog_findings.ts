/**
 * Compares a backup directory with what its catalog and manifest say, without a lock.
 *
 * @module
 */

import { join } from "node:path";
import { isBackupName } from "../artifact/backup_name.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { readManifest } from "./adopt_manifest.ts";
import { Catalog, CATALOG_FILE } from "./catalog.ts";
import { MANIFEST_FILE } from "./manifest.ts";
import { TRASH_DIR } from "./record_row.ts";
import { conflictedCopy } from "../directory/conflicted_copy.ts";
import { HoldfastError } from "../errors.ts";
import { unfinishedPrefix } from "../files/atomic_file.ts";
import { isFile } from "../files/is_file.ts";
import { deadStaging } from "../files/staging.ts";
import { withPresence } from "../health/local_backups.ts";

/**
 * What was found:
 *
 * - `stray`: a backup file that the catalog does not know
 * - `missing`, `changed`: a record whose file is gone, or has another size
 * - `misplaced`: a file on the wrong side of the trash, of a killed run
 * - `leftover`: what a killed run left
 * - `conflicted_copy`: what a sync client made
 * - the others: the catalog or the manifest
 */
export type FindingKind =
  | "stray"
  | "missing"
  | "changed"
  | "misplaced"
  | "leftover"
  | "conflicted_copy"
  | "catalog_missing"
  | "catalog_damaged"
  | "manifest_missing"
  | "manifest_damaged"
  | "manifest_differs";

/** Something that is not as it should be. */
export interface CatalogFinding {
  /** A word for programs. */
  readonly kind: FindingKind;
  /** The file, relative to the backup directory. */
  readonly name: string;
  /** A sentence without its end. */
  readonly message: string;
  /** `holdfast catalog repair` puts it right. */
  readonly repairable: boolean;
}

/** Everything that is not as it should be in a directory. */
export async function findIn(directory: string): Promise<readonly CatalogFinding[]> {
  const [catalog, records] = lookAtCatalog(directory);
  const names = await namesIn(directory);
  const inTrash = await namesIn(join(directory, TRASH_DIR));
  return [
    ...catalog,
    ...await lookAtManifest(directory, catalog.length === 0 ? records : undefined),
    ...await lookAtRecords(records),
    ...lookAtFiles(records, { names, inTrash }),
    ...names.flatMap(conflict),
    ...await leftovers(directory, names),
  ];
}

function lookAtCatalog(
  directory: string,
): readonly [readonly CatalogFinding[], readonly BackupRecord[]] {
  try {
    using catalog = Catalog.openToRead(directory);
    if (catalog === undefined) {
      return [[finding("catalog_missing", CATALOG_FILE, "The catalog is missing")], []];
    }
    const [row] = catalog.query("PRAGMA quick_check(1)");
    if (row?.quick_check === "ok") return [[], catalog.records({ deleted: true })];
    return [[damaged(String(row?.quick_check))], []];
  } catch (error) {
    const isSqlite = error instanceof Error && "errcode" in error;
    const isOurs = error instanceof HoldfastError && error.code === "BACKUP_LIST_FAILED";
    if (!isSqlite && !isOurs) throw error;
    return [[damaged(error.message)], []];
  }
}

function damaged(why: string): CatalogFinding {
  return finding("catalog_damaged", CATALOG_FILE, `The catalog is damaged: ${why}`);
}

/** The manifest against the records; only against itself where there are none to trust. */
async function lookAtManifest(
  directory: string,
  records: readonly BackupRecord[] | undefined,
): Promise<CatalogFinding[]> {
  if (!await isFile(join(directory, MANIFEST_FILE))) {
    return [finding("manifest_missing", MANIFEST_FILE, "The manifest is missing")];
  }
  const manifest = await readManifest(directory);
  if (manifest === undefined) {
    return [finding("manifest_damaged", MANIFEST_FILE, "The manifest is damaged")];
  }
  const known = new Map((records ?? []).map((record) => [record.id, record]));
  const same = manifest.backups.length === known.size &&
    manifest.backups.every(({ id, filename, sha256, deletedAt }) => {
      const record = known.get(id);
      return record?.name === filename && record.sha256 === sha256 &&
        record.deletedAt === deletedAt;
    });
  if (records === undefined || same) return [];
  return [finding("manifest_differs", MANIFEST_FILE, "The manifest is not that of the catalog")];
}

async function lookAtRecords(records: readonly BackupRecord[]): Promise<CatalogFinding[]> {
  const kept = records.filter(({ deletedAt }) => deletedAt === null);
  const gone = (await withPresence(kept)).filter(({ present }) => !present);
  return await Promise.all(gone.map(async ({ name, path }): Promise<CatalogFinding> => {
    if (await isFile(path)) {
      const message = `The file "${name}" has another size than its record says`;
      return { kind: "changed", name, message, repairable: false };
    }
    const message = `The file "${name}" is gone; holdfast delete forgets it`;
    return { kind: "missing", name, message, repairable: false };
  }));
}

function lookAtFiles(
  records: readonly BackupRecord[],
  { names, inTrash }: { readonly names: readonly string[]; readonly inTrash: readonly string[] },
): CatalogFinding[] {
  const known = new Map(records.map((record) => [record.name, record]));
  const found: CatalogFinding[] = [];
  const look = (name: string, isTrash: boolean): void => {
    const record = known.get(name);
    const shown = isTrash ? `${TRASH_DIR}/${name}` : name;
    if (record === undefined) {
      if (!isBackupName(name)) return;
      found.push(finding("stray", shown, `The catalog does not know "${shown}"`));
    } else if ((record.deletedAt !== null) !== isTrash) {
      found.push(finding("misplaced", shown, `"${shown}" lies on the wrong side of the trash`));
    }
  };
  for (const name of names) look(name, false);
  for (const name of inTrash) look(name, true);
  return found;
}

function conflict(name: string): CatalogFinding[] {
  const copy = conflictedCopy(name);
  if (copy === undefined) return [];
  // What is in a catalog or a manifest can be merged; which of two backups is right cannot be told.
  const repairable = copy.original === CATALOG_FILE || copy.original === MANIFEST_FILE;
  const message = `"${name}" is a conflicted copy of "${copy.original}", made by ${copy.madeBy}`;
  return [{ kind: "conflicted_copy", name, message, repairable }];
}

async function leftovers(directory: string, names: readonly string[]): Promise<CatalogFinding[]> {
  const dead = await deadStaging(directory);
  return [
    ...names.filter(isLeftover),
    ...dead.map((path) => path.slice(directory.length + 1)),
  ].map((name) => finding("leftover", name, `"${name}" was left by a run that was killed`));
}

/** Whether a file is one that a killed run left half written. */
export function isLeftover(name: string): boolean {
  return name.startsWith(unfinishedPrefix);
}

/** The names in a folder, sorted; none where it is missing. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function finding(kind: FindingKind, name: string, message: string): CatalogFinding {
  return { kind, name, message, repairable: true };
}
