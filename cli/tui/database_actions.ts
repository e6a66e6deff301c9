/**
 * The verbs of the library as the terminal UI asks for them, with the settings and the
 * hooks of the configuration.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { drill } from "../../core/drill.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Place } from "../../core/directory/place.ts";
import { restore, type RestoreResult } from "../../core/restore.ts";
import type { RestorePreview } from "../../core/restore/restore_preview.ts";
import { undo } from "../../core/undo.ts";
import { verify } from "../../core/verify.ts";
import type {
  BackupChoice,
  DatabaseActions,
  Outcome,
  RestoreChoice,
  RestoreOutcome,
  Work,
} from "../../tui/actions.ts";
import { elapsedText, plural } from "../format.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { takeOne } from "../verbs/take_one.ts";
import { hooksAround } from "../verbs/restore.ts";
import { insideActions } from "./inside_actions.ts";
import { jobRun } from "./job_run.ts";
import { fingerprintOf, loadDatabase } from "./load_database.ts";
import { manageActions } from "./manage_actions.ts";
import { placeActions } from "./place_actions.ts";
import { missedWords } from "./sent_words.ts";
import { checkSetting } from "./settings_actions.ts";
import { targetActions } from "./target_actions.ts";

/** What the actions work with. */
export interface ActionsContext {
  readonly run: Run;
  readonly configured: ConfiguredDatabase;
  readonly place: Place;
  /** The person's home folder, for `~`. */
  readonly home: string | undefined;
  /** Where settings are saved; absent where there is no file. */
  readonly file?: SettingsFile | undefined;
}

/** A configuration file. */
export interface SettingsFile {
  readonly path: string;
  /** The database's name in it; `undefined` for the only one. */
  readonly name: string | undefined;
  /** Reads it again. */
  readonly reload: () => Promise<void>;
}

/** The actions of one database. */
export function databaseActions(context: ActionsContext): DatabaseActions {
  const { place } = context;
  return {
    place,
    load: () => loadDatabase(place, { run: context.run, configured: context.configured }),
    fingerprint: () => fingerprintOf(place),
    backup: (choice, work) => backUp(context, choice, work),
    verify: (ids, work) => verifyIds(context, ids, work),
    preview: (choice, work) => preview(context, choice, work),
    restore: (choice, work) => restoreChosen(context, choice, work),
    undo: (work) => undoLast(context, work),
    ...manageActions(context),
    ...insideActions(context),
    ...placeActions(context),
    targets: targetActions(context),
    drill: (backup, work) => drillOne(context, backup, work),
    checkSetting,
  };
}

async function backUp(
  { run, configured, place }: ActionsContext,
  { engine, verify, note, ifChanged }: BackupChoice,
  work: Work,
): Promise<Outcome> {
  const { directory } = place;
  const settings = { ...configured.settings, engine, verify, directory };
  const flags = { note: note === "" ? undefined : note, ifChanged };
  const result = await takeOne(jobRun(run, work), { ...configured, settings }, flags);
  if (result.unchanged) return { summary: `Unchanged since ${result.name}: no new backup` };
  const missed = missedWords(result.targets);
  const summary = `${result.name}, ${result.proof}`;
  return {
    summary: missed === undefined
      ? `Backed up: ${summary}`
      : `${missed}. Backed up here: ${summary}`,
    doubtful: missed !== undefined,
    ids: [result.id],
  };
}

async function verifyIds(
  { run, configured, place }: ActionsContext,
  ids: readonly string[],
  { signal, onEvent }: Work,
): Promise<Outcome> {
  const { expectTables, assertions } = configured.settings;
  const { backups, ok } = await verify({
    ...place,
    formats: formatsOf(run),
    backups: ids,
    verify: "full",
    expectTables,
    assertions,
    clock: run.clock,
    signal,
    onEvent,
  });
  const bad = backups.filter((found) => !found.ok);
  const [first] = bad;
  return {
    summary: first === undefined
      ? `Verified: ${plural(backups.length, "backup")} good`
      : `${first.name} is bad: ${first.faults[0]}`,
    lines: backups.flatMap(({ name, proof, faults, ok: good }) => [
      `${good ? "✔" : "✖"} ${name}  ${good ? proof : "bad"}`,
      ...faults.map((fault) => `  ${fault}`),
    ]),
    doubtful: !ok,
    ids,
  };
}

async function drillOne(
  { run, configured, place }: ActionsContext,
  backup: string,
  work: Work,
): Promise<Outcome> {
  const { expectTables, assertions } = configured.settings;
  const { clock } = run;
  const formats = formatsOf(run);
  const found = await drill({
    ...place,
    ...work,
    formats,
    backup,
    expectTables,
    assertions,
    clock,
  });
  const { name, ok, faults, times } = found;
  const ms = times === undefined ? undefined : times.restoreMs + times.proofMs + times.openMs;
  const summary = ok
    ? `Drilled: ${name} restores${ms === undefined ? "" : ` in ${elapsedText(ms)}`}`
    : `${name} is bad: ${faults[0]}`;
  return { summary, lines: faults, doubtful: !ok };
}

/** Looks and changes nothing. */
async function preview(
  { run, place }: ActionsContext,
  choice: RestoreChoice,
  { signal, onEvent }: Work,
): Promise<RestorePreview> {
  const { clock } = run;
  const formats = formatsOf(run);
  const result = await restore({
    ...place,
    ...choice,
    formats,
    dryRun: true,
    clock,
    signal,
    onEvent,
  });
  if (result.preview !== null) return result.preview;
  throw new HoldfastError("INTERNAL", `Cannot tell what "${result.backup}" would change`);
}

/** The person has seen the preview and said yes. */
async function restoreChosen(
  { run, configured, place }: ActionsContext,
  { force, ...choice }: RestoreChoice & { readonly force: boolean },
  work: Work,
): Promise<RestoreOutcome> {
  const hooks = hooksAround(jobRun(run, work), configured);
  const { signal, onEvent } = work;
  const { before } = hooks;
  const formats = formatsOf(run, configured.settings);
  return outcomeOf(
    await hooks.reported(() =>
      restore({ ...place, ...choice, formats, force, before, clock: run.clock, signal, onEvent })
    ),
  );
}

async function undoLast(
  { run, configured, place }: ActionsContext,
  work: Work,
): Promise<RestoreOutcome> {
  const hooks = hooksAround(jobRun(run, work), configured);
  const { signal, onEvent } = work;
  const { before } = hooks;
  const formats = formatsOf(run, configured.settings);
  return outcomeOf(
    await hooks.reported(() =>
      undo({ ...place, formats, before, clock: run.clock, signal, onEvent })
    ),
  );
}

function outcomeOf({ backup, safetyBackup, requiresRestart }: RestoreResult): RestoreOutcome {
  const safety = safetyBackup === null ? "" : `; the state before is ${safetyBackup.name}`;
  return {
    summary: `Restored ${backup}${safety}`,
    undoable: safetyBackup !== null,
    requiresRestart,
    ids: safetyBackup === null ? [] : [safetyBackup.id],
  };
}
