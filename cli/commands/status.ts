/**
 * `holdfast status`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function statusCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "status",
    summary: "Show whether backups happen by themselves, and when the next one does",
    about: "It asks the catalogs, so it works from anywhere. The exit code is 4 where a watcher " +
      "died or health finds an error.",
    examples: [["holdfast status app.db", "The last good one, the schedule, the watcher."]],
  })
    .argument("[database...]", "SQLite files or names of the configuration (default: all of it)")
    .action(async (names, _options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { statusVerb } = await import("../verbs/status.ts");
        return await statusVerb(run, names);
      });
    });
}
