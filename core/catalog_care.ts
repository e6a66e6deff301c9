/**
 * Looks after the catalog: checks it, repairs it, rebuilds it.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import { strayRecord } from "./catalog/adopt_stray.ts";
import type { Formats } from "./artifact/formats.ts";
import { isBackupName } from "./artifact/backup_name.ts";
import { readManifest } from "./catalog/adopt_manifest.ts";
import { CATALOG_FILE } from "./catalog/catalog.ts";
import { MANIFEST_FILE, recordsOf } from "./catalog/manifest.ts";
import { locate, mergeContent, type MergeSource } from "./catalog/merge_content.ts";
import { readAnyCatalog } from "./catalog/read_any_catalog.ts";
import { type CatalogFinding, findIn, namesIn } from "./catalog/catalog_findings.ts";
import { systemClock } from "./clock.ts";
import { conflictedCopy } from "./directory/conflicted_copy.ts";
import {
  directoryJob,
  type DirectoryJobOptions,
  type DirectoryWork,
} from "./directory/directory_job.ts";
import { HoldfastError } from "./errors.ts";
import { hashFile } from "./files/hash_file.ts";
import { isDirectory, isFile } from "./files/is_file.ts";
import { type PlaceOptions, realOrGiven, resolvePlace } from "./directory/place.ts";
import { rebuildFile } from "./catalog/rebuild_catalog.ts";
import { asHoldfastError, type Warning } from "./report.ts";

/** What {@linkcode checkCatalog} found. */
export interface CatalogCheck {
  /** Absolute path of the backup directory. */
  readonly directory: string;
  /** Nothing was found. */
  readonly ok: boolean;
  /** What was found, or is left after a repair. */
  readonly findings: readonly CatalogFinding[];
}

/** What {@linkcode repairCatalog} and {@linkcode renewCatalog} are given. */
export interface RepairCatalogOptions extends DirectoryJobOptions {
  /** The formats of packed backups; one that is unknown tells no more than its name. */
  readonly formats?: Formats | undefined;
}

/** What {@linkcode repairCatalog} and {@linkcode renewCatalog} did. */
export interface CatalogRepair extends CatalogCheck {
  /** What was done, as sentences without their end. */
  readonly done: readonly string[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Compares the directory with its catalog and manifest. Takes no lock and changes nothing.
 * Needs `--allow-read` and `--allow-write` (SQLite, and the locks of runs that may be dead).
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND` where there is no such directory; `USAGE`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, checkCatalog, repairCatalog } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database });
 *
 * await Deno.remove(`${dir}/backups/catalog.db`);
 * console.log((await checkCatalog({ database })).findings.map(({ kind }) => kind));
 * console.log((await repairCatalog({ database })).ok); // true
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function checkCatalog(options: PlaceOptions): Promise<CatalogCheck> {
  try {
    const directory = await directoryOf(options);
    const findings = await findIn(directory);
    return { directory, ok: findings.length === 0, findings };
  } catch (error) {
    throw asHoldfastError(error, "BACKUP_LIST_FAILED");
  }
}

/**
 * Puts right what can be put right without losing anything: a damaged or lost catalog is
 * rebuilt from what can be read of it, the manifest and the files; strays are taken on,
 * marked as inferred; conflicted copies of catalog and manifest are merged; leftovers go. A
 * record whose file is gone stays listed as missing. The findings are what is left.
 * Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `USAGE` where it cannot be known to which database the directory
 * belongs; `BACKUP_NOT_FOUND`, `LOCKED`, `CANCELLED`, `PERMISSION_DENIED`.
 *
 * @example See {@linkcode checkCatalog}.
 */
export async function repairCatalog(options: RepairCatalogOptions): Promise<CatalogRepair> {
  return await cared(options, { always: false });
}

/**
 * Writes the catalog anew, also where it is sound, as {@linkcode repairCatalog} does for a
 * damaged one, and forgets records whose file is gone and that no target has. The old one stays in `.trash/` until
 * the next time. Needs `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} As {@linkcode repairCatalog}.
 */
export async function renewCatalog(options: RepairCatalogOptions): Promise<CatalogRepair> {
  return await cared(options, { always: true });
}

async function cared(
  options: RepairCatalogOptions,
  how: { readonly always: boolean },
): Promise<CatalogRepair> {
  try {
    return await care(options, how);
  } catch (error) {
    throw asHoldfastError(error, "BACKUP_LIST_FAILED");
  }
}

async function care(
  options: RepairCatalogOptions,
  { always }: { readonly always: boolean },
): Promise<CatalogRepair> {
  const { clock = systemClock, signal, waitMs } = options;
  const directory = await directoryOf(options);
  const before = await findIn(directory);
  const done: string[] = [];
  const lost = before.some(({ kind }) => kind === "catalog_damaged");
  if (always || lost) {
    const rules = { clock, signal, waitMs, dropMissing: always };
    const count = await rebuildFile(directory, rules);
    done.push(`The catalog was written anew, with ${count} backups`);
  }
  const database = options.database ?? await ownerOf(directory);
  const job = { ...options, database, directory };
  const { warnings } = await directoryJob("catalog", job, async (work) => {
    done.push(...swept(before), ...fromManifest(work), ...await mergeConflicts(work, directory));
    done.push(...await placeCopies(work, directory), ...await adoptStrays(work, options.formats));
    const message = done.length === 0 ? "nothing to repair" : done.join("; ");
    return { result: undefined, end: { outcome: "done", message, details: { done } } };
  });
  const findings = await findIn(directory);
  return { directory, ok: findings.length === 0, findings, done, warnings };
}

/** Merges the catalogs and manifests that sync clients put aside; whole ones are then removed. */
async function mergeConflicts({ open }: DirectoryWork, directory: string): Promise<string[]> {
  const done: string[] = [];
  for (const name of await namesIn(directory)) {
    const original = conflictedCopy(name)?.original;
    const source = await sourceOf(directory, name, original);
    if (source === undefined) continue;
    if (source.sound !== true && source.records.length === 0) continue;
    const { added, changed } = await mergeContent(open.catalog, source, directory);
    done.push(`"${name}" was merged: ${added} records added, ${changed} changed`);
    if (source.sound === true) await Deno.remove(join(directory, name));
  }
  return done;
}

async function sourceOf(
  directory: string,
  name: string,
  original: string | undefined,
): Promise<MergeSource | undefined> {
  if (original === CATALOG_FILE) return readAnyCatalog(join(directory, name));
  if (original !== MANIFEST_FILE) return undefined;
  const manifest = await readManifest(directory, name);
  return manifest && { records: recordsOf(manifest, directory), sound: true };
}

/** What another machine's catalog, or an older one, in place of ours did not know. */
function fromManifest({ open }: DirectoryWork): string[] {
  return open.fromManifest === 0 ? [] : [`${open.fromManifest} records came from the manifest`];
}

/** A copy of a backup whose hash a record without a file has is that record's file. */
async function placeCopies({ open }: DirectoryWork, directory: string): Promise<string[]> {
  const done: string[] = [];
  for (const name of await namesIn(directory)) {
    const original = conflictedCopy(name)?.original;
    if (original === undefined || !isBackupName(original)) continue;
    const sha256 = await hashFile(join(directory, name));
    const owner = open.catalog.records().find((record) =>
      record.sha256 === sha256 && locate(directory, record.name) === "gone"
    );
    if (owner === undefined) continue;
    await Deno.rename(join(directory, name), owner.path);
    done.push(`"${name}" has the hash of "${owner.name}" and got its name`);
  }
  return done;
}

async function adoptStrays(
  { open, clock, signal }: DirectoryWork,
  formats: Formats | undefined,
): Promise<string[]> {
  const done: string[] = [];
  const { directory } = open.place;
  for (const name of await namesIn(directory)) {
    if (open.catalog.isNameTaken(name)) continue;
    const record = await strayRecord(directory, name, { clock, formats, signal });
    if (record === undefined) continue;
    open.catalog.add(record);
    const told = record.metadata.databaseSha256 === undefined ? "name alone tells" : "facts tell";
    done.push(`"${name}" was taken on; its ${told} when it was taken`);
  }
  return done;
}

/** Opening the directory swept them, and put files on their side of the trash. */
function swept(before: readonly CatalogFinding[]): string[] {
  return before.flatMap(({ kind, name }) => {
    if (kind === "leftover") return [`"${name}" was removed`];
    return kind === "misplaced" ? [`"${name}" was put where its record says`] : [];
  });
}

/** The directory, also where its catalog cannot be read. */
async function directoryOf(options: PlaceOptions): Promise<string> {
  const directory = options.directory === undefined
    ? await directoryBeside(options)
    : await realOrGiven(options.directory);
  if (await isDirectory(directory)) return directory;
  throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find backups: "${directory}" is no folder`, {
    hint: "Name the backup directory: --directory <folder>",
  });
}

async function directoryBeside(options: PlaceOptions): Promise<string> {
  try {
    return (await resolvePlace(options)).directory;
  } catch (error) {
    const unreadable = error instanceof HoldfastError && error.code === "BACKUP_LIST_FAILED";
    if (!unreadable || options.database === undefined) throw error;
    const database = await realOrGiven(options.database);
    const own = join(dirname(database), `${basename(database)}.backups`);
    return await realOrGiven(
      await isDirectory(own) ? own : join(dirname(database), "backups"),
    );
  }
}

/** The database of a directory, as its catalog or its manifest says. */
async function ownerOf(directory: string): Promise<string> {
  const path = join(directory, CATALOG_FILE);
  const owner = await isFile(path) ? readAnyCatalog(path).facts.get("database") : undefined;
  const database = owner ?? (await readManifest(directory))?.database;
  if (database !== undefined && database !== "") return database;
  throw new HoldfastError("USAGE", `Cannot tell whose backups lie in "${directory}"`, {
    hint: "Name the database too: holdfast catalog repair app.db --directory …",
  });
}
