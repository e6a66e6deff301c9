/**
 * `holdfast move`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function moveCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "move",
    summary: "Move the backups into another directory, also on another disk",
    about: "Everything is copied and proved before anything old goes. The old directory keeps a " +
      "small file that leads to the new one.",
    examples: [["holdfast move usb/backups --database app.db", "To another disk."]],
  })
    .argument("<directory>", "The new directory: missing or empty")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .action(async (directory, { database }, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { moveVerb } = await import("../verbs/move.ts");
        return await moveVerb(run, directory, database);
      });
    });
}
