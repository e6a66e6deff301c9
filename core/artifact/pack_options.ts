/**
 * From what a person wants to travel to how a backup is packed.
 *
 * @module
 */

import type { BackupOptions } from "../backup.ts";
import { HoldfastError } from "../errors.ts";
import { includeMatcher } from "../files/included_files.ts";
import { formatNamed } from "./formats.ts";
import type { PackOptions } from "./pack_backup.ts";

/** What decides how a backup is packed. */
type Packing = Pick<BackupOptions, "format" | "include" | "filesQuery">;

function hasFiles({ include = [], filesQuery }: Packing): boolean {
  return include.length > 0 || filesQuery !== undefined;
}

/** The format that was asked for; else an archive where files travel, or a plain file. */
export function formatNameOf(options: Packing): string {
  return options.format ?? (hasFiles(options) ? "zip" : "db");
}

/**
 * How it is packed; `undefined` for a plain file.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where files cannot travel with the format, or a rule
 * leads out of the folder; what {@linkcode formatNamed} throws.
 */
export async function packOptionsOf(options: BackupOptions): Promise<PackOptions | undefined> {
  const { include = [], exclude = [], filesQuery, formats } = options;
  const formatName = formatNameOf(options);
  if (formatName === "db") {
    if (!hasFiles(options)) return undefined;
    throw new HoldfastError("CONFIG_INVALID", 'Cannot include files with the format "db"', {
      hint: 'Leave the format away, or make it "zip".',
    });
  }
  const format = await formatNamed(formatName, formats);
  includeMatcher({ include, exclude });
  return { format, formatName, include, exclude, filesQuery };
}
