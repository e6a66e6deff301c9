/**
 * `holdfast drill`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { refuseStrangePairs } from "../option_pairs.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function drillCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "drill",
    summary: "Rehearse a restore: into a scratch file, proved and timed",
    about: "The live database is not touched. A good backup is recorded as drilled; it ends " +
      "with 20 where the backup is bad.",
    examples: [
      ["holdfast drill --database app.db", "The newest good one."],
      ["holdfast drill --target folder:usb --database app.db", "The newest copy there."],
      ["holdfast drill latest --database app.db --json", "For a program."],
    ],
  })
    .argument(
      "[backup]",
      "Id, file name, a beginning of either, latest or a file (default: latest)",
    )
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .option("--target <target>", "The copy there: fetched, decoded and proved")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .action(async (backup, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        refuseStrangePairs(options, { option: "target", only: ["copies"] });
        const { drillVerb } = await import("../verbs/drill.ts");
        return await drillVerb(run, { ...options, backup });
      });
    });
}
