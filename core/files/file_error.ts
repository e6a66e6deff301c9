/**
 * What the system said about a file, as one of our errors.
 *
 * @module
 */

import { type ErrorCode, HoldfastError } from "../errors.ts";

/** The codes of the system for a lack of room: disk, quota, largest file. */
const noRoom: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Its codes for a disk that failed, was pulled out, or a share that is no longer connected. */
const noDisk: ReadonlySet<unknown> = new Set(["EIO", "ENXIO", "ENODEV", "ESTALE", "ENOTCONN"]);

/** What to do where a disk fails. */
export const LOOK_AT_DISK =
  "Is the drive connected? If it is, look at its health: the system could not read or write it.";

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

/** Whether the disk itself failed, or went away. */
function isDiskFailure(error: unknown): boolean {
  return error instanceof Error && "code" in error && noDisk.has(error.code);
}

/** What the system said, as a code of ours. */
export interface SystemFault {
  readonly code: "NO_SPACE" | "PERMISSION_DENIED" | "DISK_FAILED";
  readonly message: string;
  readonly hint: string | undefined;
}

/** The code, the words and the hint for an error of the system; `undefined` for any other error. */
export function systemFault(error: unknown): SystemFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  if (isNoSpace(error)) {
    const hint = "Free some space there and run it again.";
    return { code: "NO_SPACE", message: "there is no room left on the disk", hint };
  }
  if (isDiskFailure(error)) return { code: "DISK_FAILED", message, hint: LOOK_AT_DISK };
  if (!isDenied(error)) return undefined;
  // Deno's own refusal says which permission is missing.
  const hint = error instanceof Deno.errors.NotCapable
    ? undefined
    : "Check the owner and the mode of the file and its folder.";
  return { code: "PERMISSION_DENIED", message, hint };
}

/** Whether nothing is at a path, also because what should be a folder on the way is none. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/**
 * The error for an action on a file that failed: `NO_SPACE`, `PERMISSION_DENIED`,
 * `DISK_FAILED`, else `otherwise`. A `HoldfastError` comes back as it is.
 *
 * @param action What was tried, with the path: `Cannot write "x"`.
 * @param cause What the system threw.
 * @param otherwise The code for everything else.
 */
export function fileError(action: string, cause: unknown, otherwise: ErrorCode): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  const { code, message, hint } = systemFault(cause) ?? {
    code: otherwise,
    message: why,
    hint: undefined,
  };
  return new HoldfastError(code, `${action}: ${message}`, { hint, cause });
}
