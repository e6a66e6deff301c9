/**
 * Tells a watcher of jobs that a run began, ended well or failed.
 *
 * @example
 * ```ts
 * import heartbeat from "@holdfast/holdfast/plugins/heartbeat";
 *
 * console.log(heartbeat.notifiers?.heartbeat?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { heartbeatNotifier, heartbeatSettings } from "./heartbeat_notifier.ts";

/** The plugin: the notifier `heartbeat`. */
const plugin: Plugin = definePlugin({
  name: "heartbeat",
  summary: "Tells a watcher of jobs that a run began, ended well or failed.",
  notifiers: {
    heartbeat: {
      summary: "Tells a watcher of jobs that a run began, ended well or failed.",
      settings: heartbeatSettings,
      create: heartbeatNotifier,
    },
  },
});

export default plugin;
