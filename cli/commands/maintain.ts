/**
 * `holdfast maintain`.
 *
 * @module
 */

import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand, oneOf } from "../command.ts";
import { perform, type Session } from "../session.ts";

const actions = ["integrity", "vacuum", "checkpoint", "analyze"] as const;

/** Makes the command. */
export function maintainCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "maintain",
    summary: "Check, compact, checkpoint or analyze the live database",
    about: "integrity checks it in full and writes nothing; it ends with 20 where it finds " +
      "damage. vacuum writes the file anew without its free pages: it asks first, and a safety " +
      "backup comes before it. checkpoint empties the -wal. analyze gathers statistics for " +
      "SQLite's query planner.",
    examples: [
      ["holdfast maintain integrity app.db", "Is it sound?"],
      ["holdfast maintain vacuum app.db --yes", "Give free pages back, without asking."],
      ["holdfast maintain checkpoint app.db", "Empty the -wal."],
      ["holdfast maintain analyze app.db", "Make queries faster."],
    ],
  })
    .addArgument(
      new Argument("<action>", "What is to be done").choices(actions).argParser(oneOf(actions)),
    )
    .argument("[database]", "A path or a name of the configuration")
    .option("-y, --yes", "Does not ask")
    .action(async (action, database, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { maintainVerb } = await import("../verbs/maintain.ts");
        return await maintainVerb(run, { ...options, action, database });
      });
    });
}
