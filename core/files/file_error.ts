/**
 * What the system said about a file, as one of our errors.
 *
 * @module
 */

import { type ErrorCode, HoldfastError } from "../errors.ts";

/** The codes of the system for a lack of room: disk, quota, largest file. */
const noRoom: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Whether the system refused a write for lack of room. */
export function isNoSpace(error: unknown): boolean {
  return error instanceof Error && "code" in error && noRoom.has(error.code);
}

/** Whether the system, or Deno's permissions, refused access. */
export function isDenied(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable ||
    (error instanceof Error && "code" in error && error.code === "EROFS");
}

/** Whether nothing is at a path, also because what should be a folder on the way is none. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/**
 * The error for an action on a file that failed: `NO_SPACE`,
 * `PERMISSION_DENIED`, else `otherwise`. A `HoldfastError` comes back as it is.
 *
 * @param action What was tried, with the path: `Cannot write "x"`.
 * @param cause What the system threw.
 * @param otherwise The code for everything else.
 */
export function fileError(action: string, cause: unknown, otherwise: ErrorCode): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  if (isNoSpace(cause)) {
    return new HoldfastError("NO_SPACE", `${action}: there is no room left on the disk`, {
      hint: "Free some space there and run it again.",
      cause,
    });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  if (isDenied(cause)) {
    return new HoldfastError("PERMISSION_DENIED", `${action}: ${why}`, {
      hint: "Check the owner and the mode of the file and its folder.",
      cause,
    });
  }
  return new HoldfastError(otherwise, `${action}: ${why}`, { cause });
}
