/**
 * `holdfast prune`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function pruneCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "prune",
    summary: "Apply the retention policy: what it does not keep goes to the trash",
    about: "It also runs after each backup. What goes can come back for 7 days.",
    examples: [
      ["holdfast prune app.db --dry-run", "What would go, and why."],
      ["holdfast prune app.db --explain", "Why each backup is kept."],
      ["holdfast prune app.db --yes", "Does it without a question."],
      [
        "holdfast prune app.db --simulate --every 4h --for 1y",
        "What would be there in a year, with a backup every 4 hours.",
      ],
    ],
  })
    .argument("[database]", "A SQLite file or a name of the configuration")
    .option("--dry-run", "Shows the plan, and deletes nothing")
    .option("--explain", "Shows of every backup why it is kept or goes, and deletes nothing")
    .option("--simulate", "Shows what would be there over time, and deletes nothing")
    .option("--every <span>", "With --simulate: the distance of two backups (default: 1d)")
    .option("--for <span>", "With --simulate: how long (default: 1y)")
    .option("--empty-trash", "Removes everything in the trash for good, and nothing else")
    .option("--allow-mass-delete", "Goes on also where more than half of the good ones go")
    .option("-y, --yes", "Asks no question")
    .action(async (database, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { pruneVerb } = await import("../verbs/prune.ts");
        return await pruneVerb(run, database, options);
      });
    });
}
