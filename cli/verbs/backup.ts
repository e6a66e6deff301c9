/**
 * Takes the backups that were asked for, one by one.
 *
 * @module
 */

import { basename } from "node:path";
import { backup, type BackupResult } from "../../core/backup.ts";
import type { Reason } from "../../core/artifact/backup_record.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import type { GivenSettings } from "../../core/config/given_settings.ts";
import { backupOptionsFor } from "../../core/config/job_options.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { refuseWrongDisk, rememberDisk } from "../../core/directory/known_disk.ts";
import { HoldfastError } from "../../core/errors.ts";
import { chooseDatabases } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import { elapsedText, plural, recordsText, typedPath } from "../format.ts";
import { runHookOf } from "../hooks.ts";
import { knownDisk } from "../known_disk.ts";
import { tellNews, withNews } from "../news.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { targetText, withTargets } from "../targets/with_targets.ts";

/** The options of the command. */
export interface BackupFlags {
  readonly reason?: Reason | undefined;
  readonly note?: string | undefined;
  readonly engine?: "auto" | "online" | "clone" | "compact" | undefined;
  readonly format?: "db" | "zip" | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly filesQuery?: string | undefined;
  readonly level?: number | undefined;
  readonly encrypt?: boolean | undefined;
  readonly verify?: "none" | "quick" | "full" | undefined;
  readonly expectTable?: readonly string[] | undefined;
  readonly assert?: readonly string[] | undefined;
  readonly sourceVersion?: string | undefined;
  readonly ifChanged?: boolean | undefined;
  /** A span from now, or a time. */
  readonly expires?: string | undefined;
  readonly adopt?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Only these targets. */
  readonly to?: readonly string[] | undefined;
  /** `false` sends no copies. */
  readonly copies?: boolean | undefined;
}

/** How it went for one database. */
type Done =
  | { readonly database: string; readonly ok: true; readonly backup: BackupResult }
  | { readonly database: string; readonly ok: false; readonly error: HoldfastError };

/** Backs up every chosen database; a failing one does not stop the others. */
export async function backupVerb(
  run: Run,
  names: readonly string[],
  flags: BackupFlags,
): Promise<Outcome> {
  const databases = await chooseDatabases(run, names, settingsOf(run, flags));
  if (databases.length > 1 && run.globals.directory !== undefined) {
    throw new HoldfastError("USAGE", "Cannot put several databases into one --directory", {
      hint: "A backup directory belongs to one database: leave --directory away.",
    });
  }
  if (flags.dryRun === true) {
    const { dryRun } = await import("./backup_dry_run.ts");
    return await dryRun(databases, flags);
  }
  const [only, ...others] = databases;
  if (only !== undefined && others.length === 0) {
    const result = await takeOne(run, only, flags);
    return {
      verb: "backup",
      data: { backups: [{ database: only.path, ok: true, backup: result }] },
      text: resultText(result, only.path),
      note: `Restore it with: holdfast restore ${result.name} --database ${
        typedPath(only.path, run.session.around.cwd)
      }`,
    };
  }
  return summary(await takeEach(run, databases, flags));
}

function settingsOf(run: Run, flags: BackupFlags): GivenSettings {
  const { directory } = run.globals;
  return {
    ...(directory === undefined ? {} : { directory }),
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.include === undefined ? {} : { include: flags.include }),
    ...(flags.exclude === undefined ? {} : { exclude: flags.exclude }),
    ...(flags.filesQuery === undefined ? {} : { filesQuery: flags.filesQuery }),
    ...(flags.level === undefined ? {} : { zipLevel: flags.level }),
    ...(flags.encrypt === undefined ? {} : { zipEncrypt: flags.encrypt }),
    ...(flags.engine === undefined ? {} : { engine: flags.engine }),
    ...(flags.verify === undefined ? {} : { verify: flags.verify }),
    ...(flags.expectTable === undefined ? {} : { expectTables: flags.expectTable }),
    ...(flags.assert === undefined ? {} : { assertions: flags.assert }),
    ...(flags.sourceVersion === undefined ? {} : { sourceVersion: flags.sourceVersion }),
  };
}

async function takeEach(
  run: Run,
  databases: readonly ConfiguredDatabase[],
  flags: BackupFlags,
): Promise<Done[]> {
  const done: Done[] = [];
  for (const database of databases) {
    try {
      const result = await takeOne(run, database, flags);
      done.push({ database: database.path, ok: true, backup: result });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      if (run.signal.aborted && done.length === 0) throw error;
      done.push({ database: database.path, ok: false, error });
    }
    // What was taken before the stop is told.
    if (run.signal.aborted) break;
  }
  return done;
}

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
        clock: run.clock,
        signal: run.signal,
        onEvent: run.printer.event,
      }));
    const { id, path, size } = result;
    outcome = { OUTCOME: "success", BACKUP: id, PATH: path, SIZE: String(size) };
    await rememberDisk(disk);
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

/** `2026-… 9.2 MB  3,210 records in 7 tables  checked  0.4 s`. */
function resultText(result: BackupResult, database: string): string {
  const name = escapeText(basename(database));
  if (result.unchanged) return `${name} is unchanged since ${result.name}: no new backup`;
  const { engine, engineWhy, durations } = result.metadata;
  const ms = Object.values(durations ?? {}).reduce((sum, value) => sum + value, 0);
  const facts = [
    formatByteSize(result.size),
    recordsText(result),
    ...(result.fileCount > 1 ? [`with ${plural(result.fileCount - 1, "file")}`] : []),
    result.proof,
    ...(ms > 0 ? [elapsedText(ms)] : []),
  ].filter((fact) => fact !== undefined);
  const why = engineWhy === undefined ? "" : `: ${escapeText(engineWhy)}`;
  return [
    `${name} → ${escapeText(result.path)}`,
    `  ${facts.join("  ")}`,
    ...result.targets.map((target) => `  ${targetText(target)}`),
    ...(engine === undefined ? [] : [`  engine ${engine}${why}`]),
    ...result.pruned.map(({ name, why }) =>
      `  to the trash: ${escapeText(name)}, ${escapeText(why)}`
    ),
  ].join("\n");
}

function summary(done: readonly Done[]): Outcome {
  const failed = done.filter((each) => !each.ok);
  const lines = done.map((each) =>
    each.ok
      ? resultText(each.backup, each.database)
      : `${escapeText(basename(each.database))} failed, ${each.error.code}: ${
        escapeText(each.error.message)
      }${each.error.hint === undefined ? "" : `\n  ${escapeText(each.error.hint)}`}`
  );
  const [first] = failed;
  const exitCode = first === undefined || first.ok
    ? undefined
    : failed.some((each) => !each.ok && each.error.code === "CANCELLED")
    ? exitCodeOf("CANCELLED")
    : failed.length < done.length
    ? PARTLY
    : exitCodeOf(first.error.code);
  return {
    verb: "backup",
    data: { backups: done.map(plain) },
    text: lines.join("\n"),
    note: `${done.length - failed.length} of ${done.length} backed up`,
    exitCode,
  };
}

function plain(done: Done): unknown {
  if (done.ok) return done;
  const { code, message, hint } = done.error;
  return { database: done.database, ok: false, error: { code, message, hint } };
}
