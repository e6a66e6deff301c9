/**
 * `holdfast import`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function importCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "import",
    summary: "Restore the database of a ZIP archive",
    about:
      "The whole archive is checked first and its facts are shown. Then it is a restore like " +
      "any other, with a safety backup and undo. Other files in it are not put back.",
    examples: [
      ["holdfast import app.zip --to from_zip.db --database app.db", "Into another file."],
      ["holdfast import app.zip --database app.db --yes", "Onto the live database."],
    ],
  })
    .argument("<file>", "The archive")
    .option("--database <database>", "Which database: a path or a name of the configuration")
    .option("--to <path>", "Into this file instead of the database")
    .option("--files", "With --to: brings the files of an archive back beside it, too")
    .option("--no-files", "Brings the database back only, not the files of an archive")
    .option("-y, --yes", "Does not ask")
    .option("--force", "Replaces the file of --to; restores what gives one pause")
    .option("--dry-run", "Shows what would change, and stops")
    .action(async (file, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { importVerb } = await import("../verbs/import.ts");
        return await importVerb(run, file, options);
      });
    });
}
