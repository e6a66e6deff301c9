/**
 * `holdfast init`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function initCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "init",
    summary: "Write a configuration file",
    about: "Looks for SQLite files here and asks which to protect; with databases named it asks " +
      "nothing. The file goes to holdfast.json here, or where --config says.",
    examples: [
      ["holdfast init app.db", "Writes holdfast.json for one database."],
      ["holdfast init data/*.db --force", "Replaces it by one for several."],
    ],
  })
    .argument("[database...]", "SQLite files to protect")
    .option("--force", "Replaces an existing file")
    .action(async (databases, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { initVerb } = await import("../verbs/init.ts");
        return await initVerb(run, databases, options);
      });
    });
}
