/**
 * Brings what belongs on one target there, newest first, then applies its policy.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { isGood } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { HoldfastError } from "../errors.ts";
import { lockDirectory } from "../files/directory_lock.ts";
import { isFile } from "../files/is_file.ts";
import { iso } from "../artifact/new_record.ts";
import { throwIfCancelled } from "../report.ts";
import { compareListing } from "./compare_listing.ts";
import { copiesOf, type CopyRow, putCopy } from "./copies_table.ts";
import { keepFindings, keptFindings, lookAround } from "./findings.ts";
import { ownerOf } from "./owner.ts";
import { planCopies, pruneCopies, type PrunedCopy, storedBackups } from "./prune_copies.ts";
import { type CopyOwner, pushCopy } from "./push_copy.ts";
import { plainError, type PushedTarget, type SentCopy } from "./push_result.ts";
import { sweepOrphans, type SweptObject } from "./sweep_orphans.ts";
import { targetFailure } from "./target_failure.ts";
import type { TargetWork } from "./target_work.ts";

/** What is to be sent. */
export interface PushWanted {
  /** These, whatever the policy says; everything that is missing there by default. */
  readonly backups?: readonly BackupRecord[] | undefined;
  /** Ask the target what it has, instead of believing the catalog. */
  readonly look?: boolean | undefined;
  /** Leave what the policy would take away. */
  readonly prune?: boolean | undefined;
  /** Milliseconds to wait for another run with the same target; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Being cancelled is an outcome too, because what was done before stands. */
  readonly tellCancelled?: boolean | undefined;
}

/** Sends, and tells how it went. Only what cancels it is thrown, unless it is to be told. */
export async function pushToTarget(
  catalog: Catalog,
  wanted: PushWanted,
  work: TargetWork,
): Promise<PushedTarget> {
  const { place, clock, report, signal } = work;
  const copies: SentCopy[] = [];
  let pruned: readonly PrunedCopy[] = [];
  let swept: readonly SweptObject[] = [];
  const about = { target: place.name, required: place.required, copies };
  try {
    using _lock = await lockDirectory(catalog.directory, {
      file: `.lock-${place.name.replace(/[^A-Za-z0-9_-]+/g, "_").slice(0, 100)}`,
      job: report.job,
      clock,
      signal,
      waitMs: wanted.waitMs,
    });
    const owner = ownerOf(catalog);
    const listed = wanted.look === true ? await compareListing(catalog, owner, work) : undefined;
    const damaged = await sendEach(await missing(catalog, wanted, work), copies, {
      catalog,
      owner,
      work,
    });
    if (wanted.prune !== false) pruned = await pruneCopies(catalog, work);
    if (listed !== undefined) {
      swept = await sweepOrphans({ catalog, prefix: owner.prefix, listed }, work);
    }
    // What was found there before may be mended by now.
    if (wanted.look === true || keptFindings(catalog, place.name).length > 0) {
      keepFindings(catalog, place.name, await lookAround(catalog, work));
    }
    const [error] = damaged;
    if (error !== undefined) {
      return { ...about, ok: false, pruned, swept, error: plainError(error) };
    }
    return { ...about, ok: true, pruned, swept };
  } catch (error) {
    if (wanted.tellCancelled !== true) throwIfCancelled(signal);
    const failure = signal.aborted
      ? pending(place.name, error)
      : targetFailure(error, { name: place.name, doing: "push" });
    return { ...about, ok: false, pruned, swept, error: plainError(failure) };
  }
}

function pending(name: string, cause: unknown): HoldfastError {
  return new HoldfastError("CANCELLED", `Target "${name}": stopped before it had its copies`, {
    hint: "The backup here is kept. Send the copies with: holdfast push",
    cause,
  });
}

/** One after the other; a backup that is damaged here does not keep the others from going. */
async function sendEach(
  backups: readonly BackupRecord[],
  sent: SentCopy[],
  { catalog, owner, work }: {
    readonly catalog: Catalog;
    readonly owner: CopyOwner;
    readonly work: TargetWork;
  },
): Promise<readonly HoldfastError[]> {
  const damaged: HoldfastError[] = [];
  for (const backup of backups) {
    throwIfCancelled(work.signal);
    try {
      sent.push(await sendOne(backup, owner, { catalog, work }));
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== "BACKUP_INVALID") throw error;
      damaged.push(error);
    }
  }
  return damaged;
}

async function sendOne(
  backup: BackupRecord,
  owner: CopyOwner,
  { catalog, work }: { readonly catalog: Catalog; readonly work: TargetWork },
): Promise<SentCopy> {
  const { place, clock } = work;
  const begun: CopyRow = {
    backupId: backup.id,
    target: place.name,
    key: `${owner.prefix}/${backup.name}`,
    state: "uploading",
    size: null,
    sha256: null,
    codecs: place.codecs,
    storedAt: null,
    verifiedAt: null,
    error: null,
  };
  const before = copiesOf(catalog, place.name).find((row) => row.backupId === backup.id);
  const anew = before?.state === "bad";
  putCopy(catalog, anew ? { ...begun, state: "bad" } : begun);
  try {
    const { record, already } = await pushCopy(backup, { ...owner, anew }, work);
    const { key, size, sha256, codecs } = record.artifact;
    const storedAt = iso(clock.now());
    putCopy(catalog, { ...begun, state: "stored", key, size, sha256, codecs, storedAt });
    return { id: backup.id, name: backup.name, key, size, already };
  } catch (error) {
    // What was stopped did not fail: the next push begins again.
    if (work.signal.aborted && !anew) throw error;
    const { message } = targetFailure(error, { name: place.name, doing: "push" });
    putCopy(catalog, { ...begun, state: anew ? "bad" : "failed", error: message });
    throw error;
  }
}

/** What is to go there: named, or good, here, missing there, and worth keeping there. */
async function missing(
  catalog: Catalog,
  { backups }: PushWanted,
  { place, clock }: TargetWork,
): Promise<readonly BackupRecord[]> {
  const stored = storedBackups(catalog, place.name);
  const has = new Set(stored.map(({ id }) => id));
  if (backups !== undefined) return backups.filter(({ id }) => !has.has(id));
  const candidates: BackupRecord[] = [];
  for (const record of catalog.records()) {
    if (record.reason === "pre-restore" || record.format === "files" || has.has(record.id)) {
      continue;
    }
    if (isGood(record) && await isFile(record.path)) candidates.push(record);
  }
  const now = clock.now();
  const { keep } = planCopies([...stored, ...candidates], place, { now, zone: clock.zone() });
  const wanted = new Set(keep.map(({ backup }) => backup.id));
  return candidates.filter(({ id }) => wanted.has(id));
}
