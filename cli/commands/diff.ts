/**
 * `holdfast diff`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { collect, globalsOf, newCommand, wholeNumber } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function diffCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "diff",
    summary: "Compare a backup with the live database, or with another backup",
    about: "Shows what changed in the schema, and how many rows of each table came, went or " +
      "changed since the backup, by primary key or rowid.",
    examples: [
      ["holdfast diff latest --database app.db", "What changed since the newest backup."],
      ["holdfast diff latest live --database app.db --table works --rows 5", "With rows."],
      ["holdfast diff latest --database app.db --json", "For a program."],
    ],
  })
    .argument("<backup>", "Id, file name, a beginning of either, latest, or a file")
    .argument("[other]", "live, or another backup (default: live)")
    .option("--table <name>", "Only this table (repeatable)", collect)
    .option("--rows <count>", "Shows so many rows of each table (default: 0)", wholeNumber(0))
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (backup, other, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { diffVerb } = await import("../verbs/diff.ts");
        return await diffVerb(run, { ...options, backup, other });
      });
    });
}
