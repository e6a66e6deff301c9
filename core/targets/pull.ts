/**
 * Brings copies from a target back into the backup directory.
 *
 * @module
 */

import { join } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { recordOfManifest } from "../catalog/manifest.ts";
import { HoldfastError } from "../errors.ts";
import { syncDir } from "../files/atomic_file.ts";
import { isFile } from "../files/is_file.ts";
import { Staging } from "../files/staging.ts";
import { iso } from "../artifact/new_record.ts";
import { mirror, openDirectory } from "../directory/open_directory.ts";
import { throwIfCancelled, type Warning } from "../report.ts";
import { logged } from "../directory/run_log.ts";
import { chooseCopy } from "./choose_copies.ts";
import { copiesJob, type CopiesOptions, type CopiesWork } from "./copies_job.ts";
import { putCopy } from "./copies_table.ts";
import { fetchCopy } from "./fetch_copy.ts";
import { adoptPrefix, knownPrefix } from "./owner.ts";
import type { FoundCopy } from "./read_copies.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";

/** What {@linkcode pull} is given. */
export interface PullOptions extends CopiesOptions {
  /** Ids, names, beginnings or `latest` (the default). */
  readonly backups?: readonly string[] | undefined;
  /** All of them. */
  readonly all?: boolean | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
}

/** What is here now. */
export interface PullResult {
  /** Each with whether it was here before. */
  readonly backups: readonly (BackupRecord & { readonly already: boolean })[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Fetches copies from a target into the backup directory, each decoded and checked
 * against its hash, with its record. What is here already is not fetched again.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `KEY_WRONG`, `NO_SPACE`,
 * `DESTINATION_EXISTS`, `TARGET_FAILED`, `LOCKED`, `USAGE`, `CANCELLED`.
 */
export async function pull(options: PullOptions): Promise<PullResult> {
  const { result, warnings } = await copiesJob("pull", options, async (found, work) => {
    const { report, clock, signal, here } = work;
    const names = options.backups ?? ["latest"];
    const chosen = options.all === true
      ? found.copies
      : names.map((backup) => chooseCopy(found.copies, { backup }));
    using open = await openDirectory(here, { report, clock, signal, waitMs: options.waitMs });
    return await logged("pull", { catalog: open.catalog, clock }, async () => {
      const backups: (BackupRecord & { already: boolean })[] = [];
      if (knownPrefix(open.catalog) === undefined && found.prefix !== undefined) {
        adoptIfOurs(open, found.prefix);
      }
      for (const copy of chosen) {
        throwIfCancelled(signal);
        backups.push(await pullOne(copy, open, work));
      }
      await mirror(open.catalog, report);
      const came = backups.filter(({ already }) => !already).length;
      const summary = `${came} of ${backups.length} fetched`;
      return {
        result: { result: { backups }, summary },
        end: { outcome: "done", message: summary },
      };
    });
  });
  return { ...result, warnings };
}

async function pullOne(
  { record: copy }: FoundCopy,
  open: OpenDirectory,
  work: CopiesWork,
): Promise<BackupRecord & { already: boolean }> {
  const { catalog } = open;
  const { backup, artifact } = copy;
  const known = catalog.record(backup.id);
  const told = recordOfManifest(backup, catalog.directory);
  const path = join(catalog.directory, backup.filename);
  const record: BackupRecord = { ...(known ?? told), path, deletedAt: null };
  if (known?.deletedAt === null && await isFile(path)) return { ...known, already: true };
  if (await isFile(path)) {
    throw new HoldfastError(
      "DESTINATION_EXISTS",
      `Cannot fetch "${backup.filename}": it is there`,
      {
        hint: "Another file has its name: move that away.",
      },
    );
  }
  await using staging = await Staging.create(catalog.directory);
  const staged = staging.file("copy");
  await fetchCopy(copy, staged, work);
  // The record first: one without its file is understood, and the next pull makes it whole.
  const kept = known === undefined ? insert(record, open) : record;
  if (known !== undefined) catalog.put(record);
  await Deno.rename(staged, path);
  await syncDir(catalog.directory);
  putCopy(catalog, {
    backupId: backup.id,
    target: work.place.name,
    key: artifact.key,
    state: "stored",
    size: artifact.size,
    sha256: artifact.sha256,
    codecs: artifact.codecs,
    storedAt: iso(work.clock.now()),
    verifiedAt: iso(work.clock.now()),
    error: null,
  });
  return { ...kept, already: false };
}

/** A backup that this catalog never knew keeps its place in the order, where that is free. */
function insert(record: BackupRecord, { catalog }: OpenDirectory): BackupRecord {
  const all = catalog.records({ deleted: true });
  if (all.some(({ name }) => name === record.name)) {
    throw new HoldfastError(
      "DESTINATION_EXISTS",
      `Cannot fetch "${record.name}": its name is taken`,
      {
        hint: "Fetch it into another backup directory: --directory",
      },
    );
  }
  if (all.some(({ sequence }) => sequence === record.sequence)) return catalog.add(record);
  catalog.put(record);
  return record;
}

/** A directory without a prefix of its own takes on the one that bears its id. */
function adoptIfOurs({ catalog }: OpenDirectory, prefix: string): void {
  const id = catalog.fact("id");
  if (id !== undefined && prefix.endsWith(`-${id}`)) adoptPrefix(catalog, prefix);
}
