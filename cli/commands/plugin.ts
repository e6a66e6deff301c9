/**
 * `holdfast plugin`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command with its subcommand. */
export function pluginCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "plugin",
    summary: "Show what plugins add",
    examples: [["holdfast plugin list", "The bundled ones and those of the configuration."]],
  });
  group.addCommand(
    newCommand(session, { name: "list", summary: "List the plugins and their settings" })
      .action(async (_options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { pluginList } = await import("../verbs/plugin_list.ts");
          return await pluginList(run);
        });
      }),
  );
  group.helpCommand(false);
  return group;
}
