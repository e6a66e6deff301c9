/**
 * `holdfast plugin`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command with its subcommands. */
export function pluginCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "plugin",
    summary: "Show what plugins add, and make a new one",
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
  group.addCommand(
    newCommand(session, {
      name: "new",
      summary: "Make a small plugin with its tests, in a folder of its name",
      examples: [["holdfast plugin new my_place", "A target that keeps every promise."]],
    })
      .argument("<name>", "Lower-case letters, digits and _")
      .action(async (name, _options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { pluginNew } = await import("../verbs/plugin_new.ts");
          return await pluginNew(run, name);
        });
      }),
  );
  group.helpCommand(false);
  return group;
}
