/**
 * `holdfast health`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function healthCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "health",
    summary: "Say whether the backups are as they should be",
    about: "Ends with 4 where something is an error; with --strict also for a warning.",
    examples: [
      ["holdfast health app.db", "What is wrong, and what to do."],
      ["holdfast health --prometheus > holdfast.prom", "For the textfile collector."],
      ["holdfast health app.db --max-age 2h --strict", "For a monitor."],
    ],
  })
    .argument("[database...]", "SQLite files or names of the configuration")
    .option("--max-age <span>", "How old the newest good backup may be (default: 26h)")
    .option("--strict", "Ends with 4 also for a warning")
    .option("--prometheus", "Prints metrics in the text format of Prometheus")
    .action(async (databases, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { healthVerb } = await import("../verbs/health.ts");
        return await healthVerb(run, databases, options);
      });
    });
}
