/**
 * Keeps copies on an SFTP server, over the host key that was looked at once.
 *
 * @example
 * ```ts
 * import sftp from "@holdfast/holdfast/plugins/sftp";
 *
 * console.log(sftp.targets?.sftp?.settings.map(({ name }) => name).join(" "));
 * ```
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { connectSftp } from "./connect_sftp.ts";
import { hostKeyState } from "./host_key.ts";
import { readSftpSettings, sftpSettings } from "./sftp_settings.ts";
import { sftpTarget } from "./sftp_target.ts";

/** The plugin: the target `sftp`. */
const plugin: Plugin = definePlugin({
  name: "sftp",
  summary: "Keeps copies on an SFTP server.",
  targets: {
    sftp: {
      summary: "A folder on a server with SSH.",
      settings: sftpSettings,
      create: (context) => sftpTarget(() => readSftpSettings(context)),
      connect: connectSftp,
      disconnect: ({ state }) => state.delete(hostKeyState),
    },
  },
});

export default plugin;
