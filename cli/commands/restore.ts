/**
 * `holdfast restore`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { refuseStrangePairs } from "../option_pairs.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function restoreCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "restore",
    summary: "Restore a backup while the application keeps running",
    about: "Shows what would change and asks first. A safety backup of the current state comes " +
      "before it, so that holdfast undo brings that state back.",
    examples: [
      ["holdfast restore latest --database app.db --yes", "The newest good one, without asking."],
      ["holdfast restore latest --database app.db --dry-run", "Only shows what would change."],
      ['holdfast restore --at "now" --database app.db --yes', "The newest one up to then."],
      ["holdfast restore latest --database app.db --to copy.db", "Into another file."],
      [
        "holdfast restore latest --target folder:usb --database app.db --yes",
        "A copy of a target.",
      ],
    ],
  })
    .argument(
      "[backup]",
      "Id, file name, a beginning of either, latest, or a file (default: latest)",
    )
    .option("--at <time>", 'The newest one up to then: "2026-01-02 10:00", "yesterday", "2h ago"')
    .option("--database <database>", "Which database: a path or a name of the configuration")
    .option("--target <target>", "The copy there: a name, or a place as in folder:/media/usb")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .option("--to <path>", "Into this file instead of the database")
    .option("--files", "With --to: brings the files of an archive back beside it, too")
    .option("--no-files", "Brings the database back only, not the files of an archive")
    .option("-y, --yes", "Does not ask")
    .option("--force", "Replaces the file of --to; restores what gives one pause")
    .option("--no-safety", "Takes no safety backup, where the configuration allows it")
    .option("--dry-run", "Shows what would change, and stops")
    .action(async (backup, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        refuseStrangePairs(options, { option: "target", only: ["copies"] });
        const { restoreVerb } = await import("../verbs/restore.ts");
        return await restoreVerb(run, backup, options);
      });
    });
}
