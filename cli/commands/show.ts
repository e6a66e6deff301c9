/**
 * `holdfast show`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function showCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "show",
    summary: "Show everything that is known of a backup",
    about: "A backup is named by its id, its file name, the beginning of either, or latest.",
    examples: [
      ["holdfast show latest --database app.db", "The newest good one."],
      ["holdfast show latest --database app.db --json", "For a program."],
    ],
  })
    .argument("<backup>", "Id, file name, a beginning of either, or latest")
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (backup, { database }, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { showVerb } = await import("../verbs/show.ts");
        return await showVerb(run, { backup, database });
      });
    });
}
