/**
 * Pins, notes, the trash and pruning as the terminal UI asks for them.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import { deleteBackups, undeleteBackups } from "../../core/delete.ts";
import { editBackups } from "../../core/edit.ts";
import { prune } from "../../core/prune.ts";
import type { RetentionPolicy } from "../../core/retention/retention_policy.ts";
import type {
  BackupEdit,
  DatabaseActions,
  Outcome,
  PruneChoice,
  RemoveChoice,
  Work,
} from "../../tui/actions.ts";
import { plural } from "../format.ts";
import type { ActionsContext, SettingsFile } from "./database_actions.ts";
import { saveSetting } from "./settings_actions.ts";

/** These actions of one database. */
export function manageActions(
  context: ActionsContext,
): Pick<DatabaseActions, "edit" | "remove" | "undelete" | "prune" | "savePolicy" | "saveSetting"> {
  const { file } = context;
  return {
    edit: (change, work) => edit(context, change, work),
    remove: (choice, work) => remove(context, choice, work),
    undelete: (ids, work) => undelete(context, ids, work),
    prune: (choice, work) => pruneNow(context, choice, work),
    ...(file === undefined ? {} : {
      savePolicy: (policy) => savePolicy(file, policy),
      saveSetting: (key, text) => save(file, key, text),
    }),
  };
}

async function edit(
  { run, place }: ActionsContext,
  { ids, pinned, note }: BackupEdit,
  work: Work,
): Promise<Outcome> {
  const { backups } = await editBackups({
    ...place,
    ...work,
    clock: run.clock,
    backups: ids,
    ...(pinned === undefined ? {} : { pinned }),
    ...(note === undefined ? {} : { note: note === "" ? null : note }),
  });
  const what = note !== undefined ? "Note written to" : pinned ? "Pinned" : "Unpinned";
  return { summary: `${what} ${plural(backups.length, "backup")}`, ids };
}

async function remove(
  { run, place }: ActionsContext,
  { ids, force }: RemoveChoice,
  work: Work,
): Promise<Outcome> {
  const { clock } = run;
  const { backups } = await deleteBackups({ ...place, ...work, clock, backups: ids, force });
  return { summary: `Moved ${plural(backups.length, "backup")} to the trash`, ids };
}

async function undelete(
  { run, place }: ActionsContext,
  ids: readonly string[],
  work: Work,
): Promise<Outcome> {
  const { backups } = await undeleteBackups({ ...place, ...work, clock: run.clock, backups: ids });
  return { summary: `Brought ${plural(backups.length, "backup")} back`, ids };
}

async function pruneNow(
  { run, place, configured }: ActionsContext,
  { allowMassDelete }: PruneChoice,
  work: Work,
): Promise<Outcome> {
  const { clock } = run;
  const policy = configured.settings.retention;
  const { trashed } = await prune({ ...place, ...work, clock, policy, allowMassDelete });
  return {
    summary: trashed.length === 0
      ? "The policy lets no backup go"
      : `Moved ${plural(trashed.length, "backup")} to the trash`,
    lines: trashed.map(({ name, why }) => `${name}  ${why}`),
    ids: trashed.map(({ id }) => id),
  };
}

async function savePolicy(
  { path, name, reload }: SettingsFile,
  policy: RetentionPolicy,
): Promise<Outcome> {
  const key = name === undefined ? "retention" : `databases.${name}.retention`;
  await editConfigFile(path, { key, value: policy });
  await reload();
  return { summary: `Saved the policy in ${path}` };
}

async function save(file: SettingsFile, key: string, text: string): Promise<Outcome> {
  await saveSetting(key, text, file);
  await file.reload();
  return { summary: text === "" ? `${key} is not set any more` : `${key} = ${text}` };
}
