/**
 * Gives news to a command of yours.
 *
 * @example
 * ```ts
 * import command from "@holdfast/holdfast/plugins/command";
 *
 * console.log(command.notifiers?.command?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { commandNotifier, commandSettings } from "./command_notifier.ts";

/** The plugin: the notifier `command`. */
const plugin: Plugin = definePlugin({
  name: "command",
  summary: "Gives news to a command of yours.",
  notifiers: {
    command: {
      summary: "Gives news to a command of yours.",
      settings: commandSettings,
      create: commandNotifier,
    },
  },
});

export default plugin;
