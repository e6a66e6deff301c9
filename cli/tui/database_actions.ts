/**
 * The verbs of the library as the terminal UI asks for them, with the settings and the
 * hooks of the configuration.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Place } from "../../core/place.ts";
import type { RetentionPolicy } from "../../core/retention_policy.ts";
import { restore, type RestoreResult } from "../../core/restore.ts";
import type { RestorePreview } from "../../core/restore_preview.ts";
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
import { plural } from "../format.ts";
import type { Run } from "../session.ts";
import { takeOne } from "../verbs/backup.ts";
import { hooksAround } from "../verbs/restore.ts";
import { insideActions } from "./inside_actions.ts";
import { jobRun } from "./job_run.ts";
import { fingerprintOf, loadDatabase } from "./load_database.ts";
import { manageActions } from "./manage_actions.ts";

/** What the actions work with. */
export interface ActionsContext {
  readonly run: Run;
  readonly configured: ConfiguredDatabase;
  readonly place: Place;
  /** The policy as it stands now: it can be saved while the UI is open. */
  readonly policy: () => RetentionPolicy | undefined;
  /** Writes the policy into the configuration; absent where there is no file. */
  readonly savePolicy?: ((policy: RetentionPolicy) => Promise<string>) | undefined;
}

/** The actions of one database. */
export function databaseActions(context: ActionsContext): DatabaseActions {
  const { place } = context;
  return {
    place,
    load: () =>
      loadDatabase(place, {
        policy: context.policy(),
        clock: context.run.clock,
        settings: context.configured.settings,
      }),
    fingerprint: () => fingerprintOf(place),
    backup: (choice, work) => backUp(context, choice, work),
    verify: (ids, work) => verifyIds(context, ids, work),
    preview: (choice, work) => preview(context, choice, work),
    restore: (choice, work) => restoreChosen(context, choice, work),
    undo: (work) => undoLast(context, work),
    ...manageActions(context),
    ...insideActions(context),
  };
}

async function backUp(
  { run, configured, place, policy }: ActionsContext,
  { engine, verify, note, ifChanged }: BackupChoice,
  work: Work,
): Promise<Outcome> {
  const { directory } = place;
  const retention = policy();
  const settings = {
    ...configured.settings,
    engine,
    verify,
    directory,
    ...(retention === undefined ? {} : { retention }),
  };
  const flags = { note: note === "" ? undefined : note, ifChanged };
  const result = await takeOne(jobRun(run, work), { ...configured, settings }, flags);
  if (result.unchanged) return { summary: `Unchanged since ${result.name}: no new backup` };
  return { summary: `Backed up: ${result.name}, ${result.proof}`, ids: [result.id] };
}

async function verifyIds(
  { run, configured, place }: ActionsContext,
  ids: readonly string[],
  { signal, onEvent }: Work,
): Promise<Outcome> {
  const { expectTables, assertions } = configured.settings;
  const { backups, ok } = await verify({
    ...place,
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

/** Looks and changes nothing. */
async function preview(
  { run, place }: ActionsContext,
  choice: RestoreChoice,
  { signal, onEvent }: Work,
): Promise<RestorePreview> {
  const { clock } = run;
  const result = await restore({ ...place, ...choice, dryRun: true, clock, signal, onEvent });
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
  return outcomeOf(
    await hooks.reported(() =>
      restore({ ...place, ...choice, force, before, clock: run.clock, signal, onEvent })
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
  return outcomeOf(
    await hooks.reported(() => undo({ ...place, before, clock: run.clock, signal, onEvent })),
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
