/**
 * Takes one backup as the configuration says: hooks around it, copies to its targets, news.
 *
 * @module
 */

import { backup, type BackupResult } from "../../core/backup.ts";
import { backupOptionsFor } from "../../core/config/job_options.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { refuseWrongDisk } from "../../core/directory/known_disk.ts";
import { HoldfastError } from "../../core/errors.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { PARTLY } from "../exit_code.ts";
import { runHookOf } from "../hooks.ts";
import { knownDisk } from "../known_disk.ts";
import { tellNews, withNews } from "../news.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { withTargets } from "../targets/with_targets.ts";
import type { BackupFlags } from "./backup.ts";

/** One backup with the hooks around it, told to the notifiers. */
export async function takeOne(
  run: Run,
  database: ConfiguredDatabase,
  flags: BackupFlags,
): Promise<BackupResult> {
  const result = await withNews(run, database, {
    work: () => takeWithHooks(run, database, flags),
    summaryOf: ({ name, size, unchanged, id }) => ({
      kind: "done",
      job: "backup",
      summary: unchanged ? `Unchanged since ${name}` : `${name}, ${formatByteSize(size)}`,
      facts: { id, name, size, unchanged },
    }),
  });
  for (const { target, error } of result.targets) {
    // What was stopped is no news: whoever stopped it knows.
    if (error?.code === "CANCELLED") continue;
    const job = `push ${target}`;
    const summary = `${result.name} is on ${target}`;
    await tellNews(
      run,
      database,
      error === undefined ? { kind: "done", job, summary } : { kind: "failed", job, ...error },
    );
  }
  return result;
}

async function takeWithHooks(
  run: Run,
  database: ConfiguredDatabase,
  flags: BackupFlags,
): Promise<BackupResult> {
  const { reason = "manual", note, ifChanged, adopt, expires: wanted } = flags;
  const { retentionDays } = database.settings.schedule;
  const scheduled = reason === "auto:schedule" && retentionDays !== undefined
    ? `${retentionDays}d`
    : undefined;
  const expires = wanted ?? scheduled;
  const expiresAt = expires === undefined ? undefined : await ahead(run, expires);
  const about = { database, facts: { REASON: reason } };
  let outcome: Record<string, string | undefined> = { OUTCOME: "failure" };
  const disk = { ...knownDisk(run, database), adopt };
  // Before the hook, which may stop an application for nothing.
  await refuseWrongDisk(disk);
  try {
    await runHookOf(run, "beforeBackup", about);
    const result = await withTargets(run, { database, flags }, (targets) =>
      backup({
        ...backupOptionsFor(database),
        formats: formatsOf(run, database.settings),
        reason,
        note,
        ifChanged,
        adopt,
        expiresAt,
        targets,
        state: disk.state,
        clock: run.clock,
        signal: run.signal,
        onEvent: run.printer.event,
      }));
    const { id, path, size } = result;
    outcome = { OUTCOME: "success", BACKUP: id, PATH: path, SIZE: String(size) };
    return result;
  } catch (error) {
    if (error instanceof HoldfastError) outcome.ERROR = error.code;
    throw error;
  } finally {
    await runAfter(run, database, { REASON: reason, ...outcome });
  }
}

async function ahead(run: Run, text: string): Promise<Temporal.Instant> {
  return (await import("../parse_when.ts")).parseAhead(run, text);
}

/** A failing hook after the work does not undo it: it is a warning, and partly done. */
async function runAfter(
  run: Run,
  database: ConfiguredDatabase,
  facts: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  try {
    await runHookOf(run, "afterBackup", { database, facts });
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    const { message, hint } = error;
    run.printer.event({ type: "warning", job: "backup", code: "HOOK_FAILED", message, hint });
    run.session.exitCode = PARTLY;
  }
}
