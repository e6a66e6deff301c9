/**
 * A backup directory opened to write: made where it is missing, locked, its catalog
 * open, and what a killed run left behind put right.
 *
 * @module
 */

import { join } from "node:path";
import { adoptManifest, readManifest } from "../catalog/adopt_manifest.ts";
import { Catalog } from "../catalog/catalog.ts";
import { recordsOf, writeManifest } from "../catalog/manifest.ts";
import { locate, mergeContent } from "../catalog/merge_content.ts";
import type { Run } from "../catalog/run.ts";
import { MOVED_FROM, removeOld } from "./move_steps.ts";
import { unfinishedPrefix } from "../files/atomic_file.ts";
import { sweepStaging } from "../files/staging.ts";
import { type LockedPlace, lockPlace, type LockPlaceOptions } from "./lock_place.ts";
import { claim, type Place } from "./place.ts";
import { recover, type RecoverContext } from "./recover.ts";
import { asHoldfastError, type Report } from "../report.ts";
import { settleTrash } from "./trash.ts";
import { isBlank, unmakeDirectory } from "./unmake_directory.ts";

/** What {@linkcode openDirectory} is given. */
export type OpenDirectoryOptions = LockPlaceOptions;

/** A locked backup directory. */
export interface OpenDirectory extends Disposable {
  readonly place: Place;
  readonly catalog: Catalog;
  /** Records that only the manifest had: the catalog was lost, or replaced by an older one. */
  readonly fromManifest: number;
}

/**
 * Opens it. The lock and the catalog are given up when it is disposed of; a directory that was
 * made and got nothing is removed then.
 *
 * @throws {HoldfastError} `LOCKED`, `CANCELLED`, `PERMISSION_DENIED`, `BACKUP_LIST_FAILED`.
 */
export async function openDirectory(
  wanted: Place,
  options: OpenDirectoryOptions,
): Promise<OpenDirectory> {
  const { report } = options;
  const lock = await lockPlace(wanted, options);
  const { place } = lock;
  let catalog: Catalog | undefined = undefined;
  using opening = new DisposableStack();
  opening.defer(() => {
    // Given up also where the rest fails: the next run of this process must not wait for it.
    using held = lock;
    const isOfNoUse = closeCatalog(catalog, held);
    if (!held.isInPlace()) report.loseDirectory(place.directory);
    else if (isOfNoUse) unmakeDirectory(place.directory, held.made);
  });
  catalog = Catalog.openToWrite(place.directory);
  const fromManifest = await takeFromManifest(catalog, report);
  claim(catalog, place);
  await putRight(catalog, { ...options, place });
  const opened = opening.move();
  return { place, catalog, fromManifest, [Symbol.dispose]: () => opened.dispose() };
}

/** Closes it; tells whether the directory was made for nothing. */
function closeCatalog(catalog: Catalog | undefined, { made }: LockedPlace): boolean {
  using opened = catalog;
  return made !== undefined && (opened === undefined || isBlank(opened));
}

/**
 * The manifest of a lost catalog is taken on whole; of a catalog that was replaced by another
 * machine's or an older one, what it has of backups that are there.
 */
async function takeFromManifest(catalog: Catalog, report: Report): Promise<number> {
  const { directory } = catalog;
  if (catalog.fact("id") === undefined) return await adoptManifest(catalog, report);
  const manifest = await readManifest(directory);
  const unknown = (manifest?.backups ?? []).filter(({ id, filename }) =>
    catalog.record(id) === undefined && locate(directory, filename) !== "gone"
  );
  if (manifest === undefined || unknown.length === 0) return 0;
  const records = recordsOf({ ...manifest, backups: unknown }, directory);
  const { added } = await mergeContent(catalog, { records }, directory);
  report.warn({
    code: "CATALOG_MERGED",
    message: `The catalog did not know ${added} backups of the manifest: they were taken on`,
    hint: "A sync client or another machine replaced it. Look: holdfast catalog check",
  });
  return added;
}

/** Finishes or undoes what a killed run left. */
async function putRight(
  catalog: Catalog,
  { place, report, clock }: OpenDirectoryOptions & { readonly place: Place },
): Promise<void> {
  const said = report.warnings.length;
  const swept = await sweepStaging(
    place.directory,
    (folder) => recoverIfItCan(folder, { place, catalog, report, clock }),
  );
  await removeUnfinished(place.directory);
  const settled = await settleTrash(catalog);
  const movedFrom = catalog.fact(MOVED_FROM) ?? "";
  if (movedFrom !== "") await removeOld(movedFrom, catalog);
  const dead = catalog.runs({ outcomes: ["running"] }).filter(isDead);
  catalog.trimRuns(clock.now());
  if (swept + settled + dead.length === 0) return;
  for (const run of dead) {
    const finishedAt = clock.now().toString({ fractionalSecondDigits: 3 });
    catalog.putRun({ ...run, finishedAt, outcome: "failed", code: "CANCELLED", message: "killed" });
  }
  const [last] = dead;
  if (last !== undefined && report.warnings.length === said) {
    report.warn({
      code: "INTERRUPTED",
      message: `The ${last.job} of ${last.startedAt} had been killed: what it left is cleared up`,
      hint: "`holdfast list` shows what is there.",
    });
  }
  await mirror(catalog, report);
}

/** What cannot be put right now must not keep everything else from its work. */
async function recoverIfItCan(folder: string, context: RecoverContext): Promise<boolean> {
  try {
    await recover(folder, context);
    return true;
  } catch (error) {
    context.report.warn({
      code: "NOT_RECOVERED",
      message: `Cannot put right what an interrupted run left: ${
        asHoldfastError(error, "INTERNAL").message
      }`,
      hint: "The next command tries it again; nothing is lost.",
    });
    return false;
  }
}

/** Under the lock nobody else is writing one. */
async function removeUnfinished(directory: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(directory)) {
    if (isFile && name.startsWith(unfinishedPrefix)) await Deno.remove(join(directory, name));
  }
}

/** It holds no lock, which is ours: its process is gone. Some jobs also run without the lock. */
function isDead({ job }: Run): boolean {
  return job !== "verify" && job !== "drill";
}

/** Rewrites the manifest. The backups stand also where that fails. */
export async function mirror(catalog: Catalog, report: Report): Promise<void> {
  try {
    await writeManifest(catalog);
  } catch (error) {
    const { message } = asHoldfastError(error, "BACKUP_FAILED");
    report.warn({
      code: "MANIFEST_NOT_WRITTEN",
      message: `Cannot write "${join(catalog.directory, "backup_manifest.json")}": ${message}`,
      hint: "The catalog is complete; the manifest follows with the next change.",
    });
  }
}
