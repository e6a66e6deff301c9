/**
 * What the system says about a drive, as the error of a target.
 *
 * @module
 */

import { HoldfastError, isDenied, isNoSpace, TargetError } from "../../core/extend/mod.ts";

/** Codes of the system that no second try mends. */
const never: ReadonlySet<unknown> = new Set(["ENAMETOOLONG", "EINVAL", "EISDIR", "ENOTDIR"]);

/** The code that the system gave, in the error or beneath it. */
function systemCode(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && !(error instanceof HoldfastError)) return error.code;
  return systemCode(error.cause);
}

/** The kind for an error of the system or of writing a file; `undefined` for all others. */
function kindOf(error: unknown): "full" | "denied" | "invalid" | "unavailable" | undefined {
  const ours = error instanceof HoldfastError ? error.code : undefined;
  if (ours === "NO_SPACE" || isNoSpace(error)) return "full";
  if (ours === "PERMISSION_DENIED" || isDenied(error)) return "denied";
  const code = systemCode(error);
  if (never.has(code)) return "invalid";
  return ours === "BACKUP_FAILED" || code !== undefined ? "unavailable" : undefined;
}

/**
 * The error of a target for what went wrong with a file. Errors of the body, of
 * the caller's signal, and those that are of a kind already come back as they are.
 */
export function driveError(action: string, cause: unknown): unknown {
  if (cause instanceof TargetError) return cause;
  const kind = kindOf(cause);
  if (kind === undefined) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TargetError(kind, `${action}: ${why}`, {
    hint: {
      full: "Free some space on that drive, or keep fewer copies there.",
      denied: "Check the owner and the mode of the folder, and Deno's permissions.",
      invalid: "The drive does not take this name.",
      unavailable: "Check the drive.",
    }[kind],
    cause,
  });
}
