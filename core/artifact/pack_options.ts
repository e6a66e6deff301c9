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

/**
 * How it is packed; `undefined` for a plain file.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where files cannot travel with the format, or a rule
 * leads out of the folder; what {@linkcode formatNamed} throws.
 */
export async function packOptionsOf(options: BackupOptions): Promise<PackOptions | undefined> {
  const { include = [], exclude = [], filesQuery, formats } = options;
  const hasFiles = include.length > 0 || filesQuery !== undefined;
  const { format: formatName = hasFiles ? "zip" : "db" } = options;
  if (formatName === "db") {
    if (!hasFiles) return undefined;
    throw new HoldfastError("CONFIG_INVALID", 'Cannot include files with the format "db"', {
      hint: 'Leave the format away, or make it "zip".',
    });
  }
  const format = await formatNamed(formatName, formats);
  includeMatcher({ include, exclude });
  return { format, formatName, include, exclude, filesQuery };
}
