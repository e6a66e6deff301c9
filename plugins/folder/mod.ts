/**
 * Copies in a folder: a USB drive, a network share, a synced cloud folder.
 *
 * @module
 */

import { definePlugin, type Plugin, type Target, TargetError } from "../../core/extend/mod.ts";
import { driveKey } from "./drive.ts";
import { folderTarget } from "./folder_target.ts";

export type { DriveOptions } from "./drive.ts";
export { folderTarget } from "./folder_target.ts";

/** The plugin. */
const folder: Plugin = definePlugin({
  name: "folder",
  summary: "Keeps copies in a folder: a USB drive, a network share, a synced cloud folder.",
  targets: {
    folder: {
      summary: "A folder: a USB drive, a network share, a synced cloud folder.",
      settings: [
        { name: "path", kind: "path", help: "The folder for the copies.", required: true },
        {
          name: "mountPoint",
          kind: "path",
          help: "Where its drive is mounted: nothing is written unless something is.",
        },
      ],
      create({ settings: { path, mountPoint }, state }): Target {
        if (typeof path !== "string") {
          throw new TargetError("invalid", 'Cannot use the folder target: "path" is missing');
        }
        return folderTarget({
          path,
          mountPoint: typeof mountPoint === "string" ? mountPoint : undefined,
          state,
        });
      },
      async disconnect({ state }): Promise<void> {
        await state.delete(driveKey);
      },
    },
  },
});

export default folder;
