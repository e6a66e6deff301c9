/**
 * Pins, notes, the trash and pruning as the terminal UI asks for them.
 *
 * @module
 */

import { deleteBackups, undeleteBackups } from "../../core/delete.ts";
import { editBackups } from "../../core/edit.ts";
import { prune } from "../../core/prune.ts";
import type { RetentionPolicy } from "../../core/retention_policy.ts";
import type { BackupEdit, DatabaseActions, Outcome, Work } from "../../tui/actions.ts";
import { plural } from "../format.ts";
import type { ActionsContext } from "./database_actions.ts";

/** These actions of one database. */
export function manageActions(
  context: ActionsContext,
): Pick<DatabaseActions, "edit" | "remove" | "undelete" | "prune" | "savePolicy"> {
  const { savePolicy } = context;
  return {
    edit: (change, work) => edit(context, change, work),
    remove: (ids, work) => remove(context, ids, work),
    undelete: (ids, work) => undelete(context, ids, work),
    prune: (work) => pruneNow(context, work),
    ...(savePolicy === undefined ? {} : { savePolicy: (policy) => save(savePolicy, policy) }),
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
  ids: readonly string[],
  work: Work,
): Promise<Outcome> {
  const { backups } = await deleteBackups({ ...place, ...work, clock: run.clock, backups: ids });
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

async function pruneNow({ run, place, policy }: ActionsContext, work: Work): Promise<Outcome> {
  const { trashed } = await prune({ ...place, ...work, clock: run.clock, policy: policy() });
  return {
    summary: trashed.length === 0
      ? "The policy lets no backup go"
      : `Moved ${plural(trashed.length, "backup")} to the trash`,
    lines: trashed.map(({ name, why }) => `${name}  ${why}`),
    ids: trashed.map(({ id }) => id),
  };
}

async function save(
  write: (policy: RetentionPolicy) => Promise<string>,
  policy: RetentionPolicy,
): Promise<Outcome> {
  return { summary: `Saved the policy in ${await write(policy)}` };
}
