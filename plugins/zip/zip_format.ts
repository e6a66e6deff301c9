/**
 * The format `zip`: one archive per backup.
 *
 * @module
 */

import type { Format, Kind, PluginContext } from "../../core/extend/mod.ts";
import { inspectArchive } from "./inspect_archive.ts";
import { packArchive } from "./pack_archive.ts";
import { unpackArchive } from "./unpack_archive.ts";
import {
  levelOf,
  levelSettings,
  limitSettings,
  limitsOf,
  passwordOf,
  passwordSetting,
} from "./zip_settings.ts";

/**
 * Packs a backup into a ZIP archive: `database.sqlite`, `files/…` and
 * `backup-metadata.json`. An archive without facts gives those that can be counted.
 */
export const zipFormat: Kind<Format> = {
  summary: "One ZIP archive per backup: the database, included files and the facts about them.",
  settings: [
    { name: "includeDatabase", kind: "boolean", help: "Pack the database.", default: true },
    { name: "includeFiles", kind: "boolean", help: "Pack the included files.", default: true },
    { name: "includeMetadata", kind: "boolean", help: "Pack the facts.", default: true },
    ...levelSettings,
    passwordSetting,
    ...limitSettings,
  ],
  async create(context): Promise<Format> {
    const password = await passwordOf(context);
    const limits = limitsOf(context);
    return {
      suffix: ".zip",
      pack: (files, facts, options) =>
        Promise.resolve(
          packArchive(files, facts, { ...options, ...choicesOf(context), password }),
        ),
      async inspect(body, options) {
        const { metadata, entries } = await inspectArchive(body, { ...options, password, limits });
        if (metadata !== undefined) return metadata;
        const totalFileSize = entries.reduce((sum, { size }) => sum + size, 0);
        return { inferred: true, fileCount: entries.length, totalFileSize };
      },
      async unpack(body, into, options) {
        const { files } = await unpackArchive(body, into, { ...options, password, limits });
        return files;
      },
    };
  },
};

/** What the settings choose to pack. */
function choicesOf(context: PluginContext): {
  readonly level: number;
  readonly includeDatabase: boolean;
  readonly includeFiles: boolean;
  readonly includeMetadata: boolean;
} {
  const { settings } = context;
  return {
    level: levelOf(context),
    includeDatabase: settings.includeDatabase !== false,
    includeFiles: settings.includeFiles !== false,
    includeMetadata: settings.includeMetadata !== false,
  };
}
