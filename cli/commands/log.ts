/**
 * `holdfast log`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { choiceOption, globalsOf, newCommand, wholeNumber } from "../command.ts";
import { perform, type Session } from "../session.ts";

const jobs = [
  ...["backup", "restore", "undo", "rescue", "verify", "drill", "prune", "delete", "undelete"],
  ...["edit", "export", "import", "move", "maintain", "catalog", "push", "pull", "notify"],
] as const;

/** Makes the command. */
export function logCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "log",
    summary: "Show who backed up, restored, deleted what and when",
    examples: [
      ["holdfast log app.db", "The last 20 runs."],
      ["holdfast log app.db --failed --since 7d", "What failed in the last week."],
      ["holdfast log app.db --job restore --json", "Every restore, for a program."],
    ],
  })
    .argument("[database]", "A SQLite file or a name of the configuration")
    .option("--limit <count>", "At most so many (default: 20)", wholeNumber(1))
    .addOption(choiceOption("--job <job>", "Only this job", jobs))
    .option("--since <time>", 'Begun then or later: "7d", "2026-01-02 10:00", "yesterday"')
    .option("--until <time>", "Begun then or before; a day counts to its end")
    .option("--failed", "Only what failed")
    .action(async (database, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { logVerb } = await import("../verbs/log.ts");
        return await logVerb(run, database, options);
      });
    });
}
