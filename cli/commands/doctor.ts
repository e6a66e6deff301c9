/**
 * `holdfast doctor`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command with its subcommand. */
export function doctorCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "doctor",
    summary: "Say what is missing on this machine, and how to get it",
    about: "The health of backups is told by: holdfast health.",
    examples: [["holdfast doctor env", "Versions, permissions, programs, folders, terminal."]],
  });
  group.addCommand(
    newCommand(session, {
      name: "env",
      summary: "Look at Deno, its permissions, programs, folders and the terminal",
      about: "Ends with 4 where something is missing that is needed. What is optional is needed " +
        "for one kind of work only, as it says. It opens no database.",
    })
      .action(async (_options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { doctorEnv } = await import("../verbs/doctor_env.ts");
          return await doctorEnv(run);
        });
      }),
  );
  group.helpCommand(false);
  return group;
}
