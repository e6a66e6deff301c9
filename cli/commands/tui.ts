/**
 * `holdfast tui`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import type { Session } from "../session.ts";

/** Makes the command. */
export function tuiCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "tui",
    summary: "Open the full-screen terminal UI",
    about: "The same opens when holdfast is called without a command on a terminal.",
    examples: [["holdfast tui app.db", "Shows this database and its backups."]],
  })
    .argument("[database]", "A SQLite file or a name of the configuration")
    .action(async (database, _options, command) => {
      const { openSession } = await import("../tui/open_session.ts");
      await openSession(session, globalsOf(command), database);
    });
}
