/**
 * `holdfast push`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { collect, globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function pushCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "push",
    summary: "Send backups to the targets that miss them",
    about: "Asks each target what it has, sends what is missing, newest first, and applies its " +
      "retention policy. Each backup does the same with what is known.",
    examples: [
      ["holdfast push --database app.db", "Everything that is missing, to every target."],
      ["holdfast push latest --database app.db --to folder:usb", "One backup to a place."],
    ],
  })
    .argument("[backup...]", "Ids, file names, beginnings or latest (default: what is missing)")
    .option("--to <target>", "To this target only: a name, or a place (repeatable)", collect)
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .action(async (backups, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { pushVerb } = await import("../verbs/push.ts");
        return await pushVerb(run, backups, options);
      });
    });
}
