/**
 * ZIP archives: the format of a backup, and a folder of them as a target.
 *
 * @module
 */

import { definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { zipFormat } from "./zip_format.ts";
import { zipTarget } from "./zip_target.ts";

export type { ArchiveEntry } from "./archive_entry.ts";
export type { ArchiveLimits } from "./archive_limits.ts";
export { defaultLimits } from "./archive_limits.ts";
export type { ArchiveMetadata, EntrySeal } from "./archive_metadata.ts";
export { databaseEntry, filesFolder, metadataEntry } from "./archive_name.ts";
export type { ArchiveReport } from "./inspect_archive.ts";
export { inspectArchive } from "./inspect_archive.ts";
export type { ReadArchiveOptions } from "./open_archive.ts";
export type { PackArchiveOptions } from "./pack_archive.ts";
export { packArchive } from "./pack_archive.ts";
export type { UnpackArchiveOptions, UnpackedArchive } from "./unpack_archive.ts";
export { unpackArchive } from "./unpack_archive.ts";
export type { ZipArchivesOptions } from "./zip_archives.ts";
export { zipArchives } from "./zip_archives.ts";
export { verifyArchive } from "./verify_archive.ts";

/** The plugin `zip`. */
const zip: Plugin = definePlugin({
  name: "zip",
  summary: "ZIP archives that any ZIP tool opens.",
  formats: { zip: zipFormat },
  targets: { zip: zipTarget },
});

export default zip;
