/**
 * `holdfast rescue`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function rescueCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "rescue",
    summary: "Bring rows of a backup back into the live database",
    about: "Inserts the rows of one table that the backup has and the database lacks, by " +
      "primary key or rowid, in one transaction: all or none. It counts and asks first; a " +
      "safety backup comes before it, so that holdfast undo takes it back.",
    examples: [
      ["holdfast rescue latest --table works --database app.db --dry-run", "Only counts."],
      [
        'holdfast rescue latest --table works --where "id > 1" --database app.db --yes',
        "Some rows, without asking.",
      ],
    ],
  })
    .argument("<backup>", "Id, file name, a beginning of either, latest, or a file")
    .option("--table <name>", "The table, in the backup and in the database")
    .option("--where <SQL>", "Only rows of the backup that fulfil this expression")
    .option("--replace", "Overwrites rows that are there and differ")
    .option("--dry-run", "Counts, and changes nothing")
    .option("-y, --yes", "Does not ask")
    .option("--database <database>", "Which database: a path or a name of the configuration")
    .action(async (backup, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { rescueVerb } = await import("../verbs/rescue.ts");
        return await rescueVerb(run, { ...options, backup });
      });
    });
}
