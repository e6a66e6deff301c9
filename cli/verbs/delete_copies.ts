/**
 * Deletes copies on a target.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { deleteCopies } from "../../core/targets/delete_copies.ts";
import { ask } from "../ask.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type TargetFlags, withCopies } from "../targets/copies_options.ts";

/** The options of the command. */
export interface DeleteCopiesFlags extends TargetFlags {
  readonly force?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** Asks, then deletes them for good. */
export async function deleteCopiesVerb(
  run: Run,
  names: readonly string[],
  flags: DeleteCopiesFlags,
): Promise<Outcome> {
  if (flags.yes !== true) await confirm(run, names, flags.target);
  const result = await withCopies(
    run,
    flags,
    (options) => deleteCopies({ ...options, backups: names, force: flags.force }),
  );
  return {
    verb: "delete",
    data: result,
    text: result.deleted.map(({ name }) => `${escapeText(name)} is deleted there`).join("\n"),
    note: "The backups here stay; the next push sends again what the policy wants there.",
  };
}

/** There is no trash on a target. */
async function confirm(run: Run, names: readonly string[], target: string): Promise<void> {
  const what = `${names.map(escapeText).join(", ")} on ${escapeText(target)}`;
  if (!run.session.canAsk) {
    throw new HoldfastError("USAGE", `Cannot ask whether to delete ${what}`, {
      hint: "Nobody can answer here. If you mean it, add --yes.",
    });
  }
  if (await ask(run, `Delete ${what} for good?`)) return;
  throw new HoldfastError("CANCELLED", "Nothing was deleted");
}
