/**
 * Brings rows of a backup back, with the question before it.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { rescue, type RescueCounts } from "../../core/rescue.ts";
import { choosePlace } from "../choose_database.ts";
import { confirmOnTerminal } from "../confirm.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";

/** What the command is given. */
export interface RescueFlags {
  readonly backup: string;
  readonly table?: string | undefined;
  readonly where?: string | undefined;
  readonly replace?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly database?: string | undefined;
}

/** Brings them back. */
export async function rescueVerb(run: Run, flags: RescueFlags): Promise<Outcome> {
  const { table } = flags;
  if (table === undefined) {
    throw new HoldfastError("USAGE", "Cannot bring rows back: no table is named", {
      hint: "Name it: --table works. `holdfast diff` shows what a table lacks.",
    });
  }
  const { database, directory } = await choosePlace(run, flags.database);
  const confirm = (preview: RescueCounts): Promise<boolean> =>
    confirmOnTerminal(run, {
      text: `${countsText(preview, false)}\n` +
        "A safety backup comes first; holdfast undo takes it back.",
      what: "bring the rows back",
    });
  const result = await rescue({
    database,
    directory,
    formats: formatsOf(run),
    backup: flags.backup,
    table,
    where: flags.where,
    replace: flags.replace,
    dryRun: flags.dryRun,
    confirm: flags.yes === true ? undefined : confirm,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  const { safetyBackup } = result;
  const text = countsText(result, safetyBackup !== null);
  const note = safetyBackup === null
    ? "Nothing was changed."
    : `The state before is ${safetyBackup.name}. Bring it back with: holdfast undo`;
  return { verb: "rescue", data: result, text, note };
}

function countsText(
  { table, inserted, replaced, kept, same }: RescueCounts,
  isDone: boolean,
): string {
  const rows = plural(inserted, "row");
  const lines = [`${escapeText(table)}: ${rows} ${isDone ? "brought back" : "to bring back"}`];
  if (replaced > 0) lines.push(`${plural(replaced, "row")} ${isDone ? "" : "to be "}overwritten`);
  if (kept > 0) lines.push(`${plural(kept, "row")} differing, left as found (see --replace)`);
  if (same > 0) lines.push(`${plural(same, "row")} there already`);
  return lines.join("\n");
}
