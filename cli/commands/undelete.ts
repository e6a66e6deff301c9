/**
 * `holdfast undelete`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function undeleteCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "undelete",
    summary: "Bring deleted backups back",
    about: "`holdfast list --state deleted` shows what is in the trash.",
    examples: [
      ["holdfast undelete 2026-01-02_09-15-00 --database app.db", "From the trash."],
    ],
  })
    .argument("<backup...>", "Ids, file names or beginnings of either")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .action(async (backups, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { undeleteVerb } = await import("../verbs/delete.ts");
        return await undeleteVerb(run, backups, options);
      });
    });
}
