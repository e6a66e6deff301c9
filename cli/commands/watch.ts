/**
 * `holdfast watch`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function watchCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "watch",
    summary: "Stay, and take backups by schedule, by timer and after changes",
    about: "It survives a missing disk and a locked database, reads its configuration again when " +
      "that changes, and stops on SIGTERM. One runs for each backup directory. The collection " +
      "is verified weekly: every hash, a full check of a few, a drill of the newest.",
    examples: [
      ["holdfast watch", "Every configured database, by its schedule and every 4 hours."],
      ["holdfast watch app.db --on-change", "Also after commits, once it is quiet."],
    ],
  })
    .argument("[database...]", "SQLite files or names of the configuration (default: all of it)")
    .option("--every <duration>", 'The timer, or "off" (default: automate.every, 4h)')
    .option("--on-change", "Takes one after commits too, once it is quiet")
    .option("--quiet-for <duration>", "With --on-change: how long without a commit (default: 10s)")
    .option("--at-most-every <duration>", "With --on-change: not more often (default: 5m)")
    .option(
      "--verify-every <duration>",
      'How often the backups are verified, or "off" (default: 7d)',
    )
    .action(async (names, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { watchVerb } = await import("../verbs/watch.ts");
        return await watchVerb(run, names, options);
      });
    });
}
