/**
 * Tells what cannot be read here from what is damaged.
 *
 * @module
 */

import { sqliteCode } from "./sqlite_error.ts";

/**
 * SQLite's reason where a table or view cannot be read here: a module, function or collation
 * that is not known or not allowed. Any other error is thrown on.
 */
export function unreadable(error: unknown): string {
  const code = sqliteCode(error);
  if (error instanceof Error && (code === 1 || code === 23)) return error.message;
  throw error;
}
