/**
 * `holdfast peek`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand, wholeNumber } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function peekCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "peek",
    summary: "Look into a backup: its tables, and the first rows of one",
    about: "Nothing is changed, and nothing in the backup can write or hang.",
    examples: [
      ["holdfast peek latest --database app.db", "Its tables and views, rows counted."],
      ["holdfast peek latest works --database app.db --limit 3", "The first rows of a table."],
    ],
  })
    .argument("<backup>", "Id, file name, a beginning of either, latest, or a file")
    .argument("[table]", "A table or view whose first rows are shown")
    .option("--limit <count>", "Rows at most (default: 10)", wholeNumber(1))
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (backup, table, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { peekVerb } = await import("../verbs/peek.ts");
        return await peekVerb(run, { ...options, backup, table });
      });
    });
}
