/**
 * The format `zip`: one archive per backup.
 *
 * @module
 */

import type {
  Body,
  Format,
  Kind,
  PluginContext,
  ReadFormatOptions,
} from "../../core/extend/mod.ts";
import { inspectArchive } from "./inspect_archive.ts";
import { openArchive, type ReadArchiveOptions } from "./open_archive.ts";
import { packArchive } from "./pack_archive.ts";
import { unpackArchive } from "./unpack_archive.ts";
import { verifyArchive } from "./verify_archive.ts";
import {
  encryptSetting,
  levelOf,
  levelSettings,
  limitSettings,
  limitsOf,
  packPasswordOf,
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
    encryptSetting,
    ...limitSettings,
  ],
  create(context): Format {
    const reading = (body: Body, options: ReadFormatOptions): Promise<ReadArchiveOptions> =>
      readOptions(context, body, options);
    return {
      suffix: ".zip",
      async pack(files, facts, options) {
        const password = await packPasswordOf(context);
        return packArchive(files, facts, { ...options, ...choicesOf(context), password });
      },
      async inspect(body, options) {
        const { metadata, entries } = await inspectArchive(body, await reading(body, options));
        if (metadata !== undefined) return metadata;
        const totalFileSize = entries.reduce((sum, { size }) => sum + size, 0);
        return { inferred: true, fileCount: entries.length, totalFileSize };
      },
      async check(body, options) {
        const { entries } = await verifyArchive(body, await reading(body, options));
        return entries.map(({ name, size, sha256 = "" }) => ({ name, size, sha256 }));
      },
      async unpack(body, into, options) {
        const { only } = options;
        const { files } = await unpackArchive(body, into, {
          ...await reading(body, options),
          only,
        });
        return files;
      },
    };
  },
};

/** Our own archives may hold what in a stranger's would look like a bomb. */
const noLimits = { maxTotalSize: Infinity, maxRatio: Infinity, maxEntries: Infinity };

/** The password is asked for where it is needed only. */
async function readOptions(
  context: PluginContext,
  body: Body,
  { signal, onProgress, trusted = false }: ReadFormatOptions,
): Promise<ReadArchiveOptions> {
  const options = { signal, onProgress, limits: trusted ? noLimits : limitsOf(context) };
  const password = await passwordOf(context);
  const { ask } = context.secrets;
  if (password !== undefined || ask === undefined) return { ...options, password };
  const { files, metadata } = await openArchive(body, options);
  const encrypted = [...files, ...metadata === undefined ? [] : [metadata]]
    .some((file) => file.encrypted);
  return encrypted ? { ...options, password: await ask(passwordSetting.name) } : options;
}

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
