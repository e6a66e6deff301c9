/**
 * `holdfast undo`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function undoCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "undo",
    summary: "Undo the last restore or rescue",
    about: "Restores the safety backup that it took. A second undo redoes it.",
    examples: [
      ["holdfast undo --database app.db --dry-run", "Shows what would change."],
      ["holdfast undo --database app.db --yes", "Brings the state before it back."],
    ],
  })
    .option("--database <database>", "Which database: a path or a name of the configuration")
    .option("--no-files", "Brings the database back only, not the files of an archive")
    .option("-y, --yes", "Does not ask")
    .option("--dry-run", "Shows what would change, and stops")
    .action(async (options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { undoVerb } = await import("../verbs/undo.ts");
        return await undoVerb(run, options);
      });
    });
}
