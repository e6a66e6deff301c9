/**
 * Brings what is to be restored into the private folder of the restore.
 *
 * @module
 */

import type { Chosen } from "../artifact/choose_backup.ts";
import type { Clock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import type { Staging } from "../files/staging.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";
import type { Report } from "../report.ts";
import type { RestoreOptions } from "../restore.ts";
import type { RestoreWork } from "./restore_work.ts";
import { stageArtifact } from "../artifact/stage_artifact.ts";
import { fetchForRestore } from "../targets/restore_source.ts";
import { signalOf } from "../targets/target_work.ts";
import { formatOf, unpackFile } from "../artifact/unpack_file.ts";

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
  const { record, path: artifact } = await fetchForRestore(from, options, {
    catalog: open.catalog,
    database,
    staging,
    job,
  });
  const title = record.name;
  return { database, title, record, artifact, staging, open, report, clock, options, signal };
}

/** The backup, staged; not yet verified. */
async function stage(
  chosen: Chosen,
  { open, staging, report, options }: StageContext,
): Promise<RestoreWork> {
  const record = chosen.kind === "record" ? chosen.record : undefined;
  const path = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const { clock, signal } = options;
  const format = record === undefined ? formatOf(path, options.formats ?? []) : undefined;
  const unpacking = { staging, report, signal: signalOf(signal) };
  const artifact = record?.format === "files"
    ? record.path
    : format === undefined
    ? await stageArtifact(path, staging)
    : await unpackFile(path, format, unpacking);
  return {
    database: open.place.database,
    title: record?.name ?? path,
    record,
    artifact,
    staging,
    open,
    report,
    clock,
    options,
    signal,
  };
}
