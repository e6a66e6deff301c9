/**
 * `holdfast pull`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function pullCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "pull",
    summary: "Fetch copies from a target into the backup directory",
    about: "Each is decoded and checked against its hash. What is here is not fetched again.",
    examples: [
      ["holdfast pull --from usb --database app.db", "The newest good one."],
      ["holdfast pull --from usb --all --database app.db", "All of them."],
    ],
  })
    .argument("[backup...]", "Ids, file names, beginnings or latest (default: latest)")
    .option(
      "--from <target>",
      "From this target: a name, or a place as in folder:/media/usb",
    )
    .option("--all", "All of them")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .action(async (backups, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { pullVerb } = await import("../verbs/pull.ts");
        return await pullVerb(run, backups, options);
      });
    });
}
