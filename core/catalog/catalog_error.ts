/**
 * What SQLite says of a catalog, as ours.
 *
 * @module
 */

import { failureOf } from "../engine/sqlite_error.ts";
import { type ErrorCode, HoldfastError } from "../errors.ts";

/** The disk, its room, or a permission: a repair of the catalog would not help. */
const notTheCatalogs: ReadonlySet<ErrorCode> = new Set([
  "DISK_FAILED",
  "NO_SPACE",
  "PERMISSION_DENIED",
]);

/**
 * The error for an action on a catalog that failed: `DISK_FAILED`, `NO_SPACE`,
 * `PERMISSION_DENIED`, `LOCKED`, else `BACKUP_LIST_FAILED`. A `HoldfastError` comes back as it is.
 *
 * @param action What was tried: `Cannot open the catalog "x"`.
 * @param cause What SQLite or the system threw.
 */
export function catalogError(action: string, cause: unknown): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  const { code, message, hint } = failureOf(cause);
  if (notTheCatalogs.has(code)) {
    return new HoldfastError(code, `${action}: ${message}`, {
      hint: hint ?? "Run with --allow-read and --allow-write for the backup directory.",
      cause,
    });
  }
  if (code === "DATABASE_BUSY") {
    return new HoldfastError("LOCKED", `${action}: another program holds it`, {
      hint: "Close the program that looks into the catalog, and try again.",
      cause,
    });
  }
  return new HoldfastError("BACKUP_LIST_FAILED", action, {
    hint: "The backups beside it are plain files and safe. Run: holdfast catalog repair",
    cause,
  });
}
