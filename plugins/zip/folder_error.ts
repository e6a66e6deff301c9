/**
 * What the system says of a folder and its files, as errors of a kind.
 *
 * @module
 */

import { isDenied, isNoSpace, TargetError } from "../../core/extend/mod.ts";

/** Whether there is nothing at a path. */
export function isMissing(cause: unknown): boolean {
  return cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
}

/** The error for a key that holds no object. */
export function missing(key: string): TargetError {
  return new TargetError("not_found", `Cannot find "${key}"`);
}

/** The error for an action that failed; a `TargetError` comes back as it is. */
export function folderError(action: string, cause: unknown): TargetError {
  if (cause instanceof TargetError) return cause;
  const causes = [cause, cause instanceof Error ? cause.cause : undefined];
  const why = cause instanceof Error ? cause.message : String(cause);
  if (causes.some(isNoSpace)) {
    return new TargetError("full", `${action}: there is no room left`, {
      hint: "Free some space there.",
      cause,
    });
  }
  if (causes.some(isDenied)) {
    return new TargetError("denied", `${action}: ${why}`, {
      hint: "Check the owner and the mode of the folder.",
      cause,
    });
  }
  if (causes.some((each) => each instanceof Deno.errors.IsADirectory)) {
    return new TargetError("invalid", `${action}: a folder has that name`, { cause });
  }
  return new TargetError("unavailable", `${action}: ${why}`, { cause });
}
