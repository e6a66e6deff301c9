/**
 * Keeps copies on anything that the program rclone reaches, as it is configured there.
 *
 * @example
 * ```ts
 * import rclone from "@holdfast/holdfast/plugins/rclone";
 *
 * console.log(rclone.targets?.rclone?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { rcloneSettings, readRcloneSettings } from "./rclone_settings.ts";
import { rcloneTarget } from "./rclone_target.ts";

/** The plugin: the target `rclone`. */
const plugin: Plugin = definePlugin({
  name: "rclone",
  summary: "Keeps copies on anything that rclone reaches.",
  targets: {
    rclone: {
      summary: "A remote of the program rclone.",
      settings: rcloneSettings,
      create: (context) => rcloneTarget(() => readRcloneSettings(context)),
    },
  },
});

export default plugin;
