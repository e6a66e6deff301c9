/**
 * Brings what is to be restored into the private folder of the restore.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Unpacked } from "../artifact/unpack_file.ts";
import type { Chosen } from "../artifact/choose_backup.ts";
import type { Clock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import type { Staging } from "../files/staging.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";
import type { Report } from "../report.ts";
import type { RestoreOptions } from "../restore.ts";
import type { RestoreWork } from "./restore_work.ts";
import { type ArtifactSource, bringArtifact } from "../artifact/bring_artifact.ts";
import { fetchForRestore } from "../targets/restore_source.ts";
import { signalOf } from "../targets/target_work.ts";

/** What staging works with. */
export interface StageContext {
  readonly open: OpenDirectory;
  readonly staging: Staging;
  readonly report: Report;
  readonly options: RestoreOptions & { readonly clock: Clock };
}

/** Brings what is to be restored into the private folder: a backup, a file, or a copy of a target. */
export async function stageForRestore(
  chosen: Chosen | undefined,
  context: StageContext,
): Promise<RestoreWork> {
  return chosen === undefined ? await stageFromTarget(context) : await stage(chosen, context);
}

/** The copy of a target, fetched; not yet verified. */
async function stageFromTarget(
  { open, staging, report, options }: StageContext,
): Promise<RestoreWork> {
  const { from, clock, signal } = options;
  if (from === undefined) throw new HoldfastError("INTERNAL", "Lost the target of the restore");
  const { database } = open.place;
  const job = { report, clock, signal: signalOf(signal) };
  const { record, path } = await fetchForRestore(from, options, {
    catalog: open.catalog,
    database,
    staging,
    job,
  });
  const brought = await bringFor({ record, path }, { open, staging, report, options });
  const title = record.name;
  return { database, title, ...brought, staging, open, report, clock, options, signal };
}

/** The backup, staged; not yet verified. */
async function stage(
  chosen: Chosen,
  { open, staging, report, options }: StageContext,
): Promise<RestoreWork> {
  const record = chosen.kind === "record" ? chosen.record : undefined;
  const path = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const { clock, signal } = options;
  const context = { open, staging, report, options };
  const brought = record?.format === "files"
    ? { record, artifact: record.path, unpacked: undefined }
    : await bringFor({ record, path }, context);
  const unpacked = brought.unpacked ?? await filesOfOther(record, context);
  return {
    database: open.place.database,
    title: record?.name ?? path,
    ...brought,
    unpacked,
    staging,
    open,
    report,
    clock,
    options,
    signal,
  };
}

/** The database, and the files where they are wanted. */
async function bringFor(
  source: ArtifactSource,
  { staging, report, options }: StageContext,
): Promise<Pick<RestoreWork, "record" | "artifact" | "unpacked">> {
  const { path: artifact, record, unpacked } = await bringArtifact(source, {
    staging,
    formats: options.formats,
    report,
    signal: signalOf(options.signal),
    checksum: options.checksum,
    withFiles: wantsFiles(options),
  });
  return { artifact, record, unpacked };
}

/** The files of a safety backup whose database was taken again, inside the lock. */
async function filesOfOther(
  record: BackupRecord | undefined,
  { open, staging, report, options }: StageContext,
): Promise<Unpacked | undefined> {
  const { filesFrom } = record?.metadata ?? {};
  if (filesFrom === undefined || !wantsFiles(options)) return undefined;
  const other = open.catalog.record(filesFrom);
  if (other === undefined || other.deletedAt !== null) {
    report.warn({
      code: "FILES_NOT_RESTORED",
      message: "The files of this safety backup are not put back: they were in one that is gone",
      hint: "`holdfast list --state deleted` shows whether it is still in the trash.",
    });
    return undefined;
  }
  const { unpacked } = await bringArtifact({ record: other, path: other.path }, {
    staging,
    formats: options.formats,
    report,
    signal: signalOf(options.signal),
    name: "other.db",
    withFiles: true,
  });
  return unpacked;
}

/** Onto the live database the files come back too, into another path they do not, by default. */
export function wantsFiles({ files, to }: Pick<RestoreOptions, "files" | "to">): boolean {
  return files ?? to === undefined;
}
