/**
 * A mistyped path is no database without backups.
 *
 * @module
 */

import type { Place } from "../core/directory/place.ts";
import { isDirectory } from "../core/files/is_file.ts";

/**
 * Refuses a place where neither a database nor backups of one are: probably the path is wrong.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `NOT_A_DATABASE`.
 */
export async function refuseWrongPath({ database, directory }: Place): Promise<void> {
  if (await isDirectory(directory)) return;
  const { findDatabase } = await import("../core/database_file.ts");
  await findDatabase(database);
}
