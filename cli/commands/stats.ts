/**
 * `holdfast stats`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function statsCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "stats",
    summary: "Count the backups, their sizes and growth",
    examples: [
      ["holdfast stats app.db", "Counts, sizes and a chart."],
      ["holdfast stats app.db --json", "For a program."],
    ],
  })
    .argument("[database...]", "SQLite files or names of the configuration")
    .option("--prometheus", "Prints metrics in the text format of Prometheus")
    .action(async (databases, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { statsVerb } = await import("../verbs/stats.ts");
        return await statsVerb(run, databases, options);
      });
    });
}
