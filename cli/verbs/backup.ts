/**
 * Takes the backups that were asked for, one by one.
 *
 * @module
 */

import { basename } from "node:path";
import { formatNameOf } from "../../core/artifact/pack_options.ts";
import type { BackupResult } from "../../core/backup.ts";
import type { Reason } from "../../core/artifact/backup_record.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import type { GivenSettings } from "../../core/config/given_settings.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { chooseDatabases } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf, PARTLY } from "../exit_code.ts";
import { elapsedText, plural, recordsText, typedPath } from "../format.ts";
import type { PushedTarget } from "../../core/targets/push_result.ts";
import type { Failure, Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { targetText } from "../targets/with_targets.ts";
import { takeOne } from "./take_one.ts";

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
  refusePlain(databases, flags);
  if (flags.dryRun === true) {
    const { dryRun } = await import("./backup_dry_run.ts");
    return await dryRun(run, databases, flags);
  }
  const [only, ...others] = databases;
  if (only !== undefined && others.length === 0) {
    const result = await takeOne(run, only, flags);
    return {
      verb: "backup",
      data: { backups: [{ database: only.path, ok: true, backup: result }] },
      text: resultText(result, only.path),
      failures: result.targets.filter(({ ok, required }) => !ok && required).map(notArrived),
      note: `Restore it with: holdfast restore ${result.name} --database ${
        typedPath(only.path, run.session.around.cwd)
      }`,
    };
  }
  return summary(await takeEach(run, databases, flags));
}

/** Whoever asks for a password must not get a file that anyone can open. */
function refusePlain(
  databases: readonly ConfiguredDatabase[],
  { encrypt, level }: BackupFlags,
): void {
  if (encrypt === undefined && level === undefined) return;
  if (databases.every(({ settings }) => formatNameOf(settings) !== "db")) return;
  const flag = encrypt === undefined ? "--level" : "--encrypt";
  throw new HoldfastError("USAGE", `Cannot use ${flag}: the backup would be no archive`, {
    hint: "Add --format zip. Copies on targets are encrypted by age: holdfast target add --help",
  });
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

/** The warning before says why; this is what it means. */
function notArrived({ target }: PushedTarget): Failure {
  return {
    code: "TARGET_FAILED",
    message: `The copy on "${target}" is required and did not arrive`,
    hint: "The backup here is good. Send the copy again with: holdfast push",
  };
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
