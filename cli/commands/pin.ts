/**
 * `holdfast pin`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function pinCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "pin",
    summary: "Pin backups: retention never deletes them",
    examples: [["holdfast pin 2026-01-02_09-15-00 --database app.db", "Never deleted by itself."]],
  })
    .argument("<backup...>", "Ids, file names, beginnings of either, or latest")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .action(async (backups, { database }, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { editVerb } = await import("../verbs/edit.ts");
        return await editVerb(run, "pin", { backups, database, pinned: true });
      });
    });
}
