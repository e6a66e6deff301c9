/**
 * Deletes backups, and brings them back.
 *
 * @module
 */

import { deleteBackups, type DeleteResult, undeleteBackups } from "../../core/delete.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { confirmed } from "./confirm_change.ts";
import { jobOptions } from "./job_options.ts";

/** The options of the commands. */
export interface DeleteFlags {
  readonly database?: string | undefined;
  readonly force?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** Moves backups to the trash. */
export async function deleteVerb(
  run: Run,
  names: readonly string[],
  { database, force, yes }: DeleteFlags,
): Promise<Outcome> {
  const place = await choosePlace(run, database);
  const result = await deleteBackups({
    ...jobOptions(run, place),
    backups: names,
    force,
    confirm: yes === true ? undefined : async (records) =>
      await confirmed(run, {
        what: "delete",
        shown: records.map(({ name }) => escapeText(name)).join("\n"),
        question: `Move ${plural(records.length, "backup")} to the trash?`,
      }),
  });
  const { forgotten } = result;
  const lines = result.backups.map(({ name }) =>
    forgotten.includes(name) ? `${escapeText(name)} was gone and is forgotten` : escapeText(name)
  );
  const trashed = lines.length - forgotten.length;
  return {
    verb: "delete",
    data: result,
    text: lines.join("\n"),
    note: trashed === 0
      ? undefined
      : `${plural(trashed, "backup")} went to the trash. Within 7 days: holdfast undelete`,
  };
}

/** Brings backups back from the trash. */
export async function undeleteVerb(
  run: Run,
  names: readonly string[],
  { database }: DeleteFlags,
): Promise<Outcome> {
  const place = await choosePlace(run, database);
  const result: DeleteResult = await undeleteBackups({
    ...jobOptions(run, place),
    backups: names,
  });
  const text = result.backups.map(({ name }) => escapeText(name)).join("\n");
  return { verb: "undelete", data: result, text, note: "Back from the trash." };
}
