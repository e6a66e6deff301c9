/**
 * Undoes the last restore, with the question before it.
 *
 * @module
 */

import { undo } from "../../core/undo.ts";
import { choosePlace } from "../choose_database.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { confirmRestore } from "./confirm_restore.ts";
import { hooksAround, outcomeOf } from "./restore.ts";

/** The options of the command. */
export interface UndoFlags {
  readonly database?: string | undefined;
  readonly files?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Restores the safety backup of the last restore. */
export async function undoVerb(run: Run, flags: UndoFlags): Promise<Outcome> {
  const place = await choosePlace(run, flags.database);
  const configured = await place.configured();
  const hooks = hooksAround(run, configured);
  const result = await hooks.reported(() =>
    undo({
      database: place.database,
      directory: place.directory,
      formats: formatsOf(run, configured.settings),
      files: flags.files,
      dryRun: flags.dryRun,
      before: hooks.before,
      confirm: flags.yes === true
        ? undefined
        : (preview) => confirmRestore(run, preview, "undo the restore"),
      clock: run.clock,
      signal: run.signal,
      onEvent: run.printer.event,
    })
  );
  return await outcomeOf(run, result, "undo");
}
