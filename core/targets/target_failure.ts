/**
 * From what a target throws to our error.
 *
 * @module
 */

import { type ErrorCode, HoldfastError } from "../errors.ts";
import { TargetError, type TargetErrorKind } from "../extend/target_error.ts";
import { asHoldfastError } from "../report.ts";

/** What was being done with which target. */
export interface TargetDoing {
  readonly name: string;
  /** `fetch`: the error is about a copy that someone wants. */
  readonly doing: "open" | "push" | "fetch" | "list" | "delete";
}

const fetchCodes: Readonly<Partial<Record<TargetErrorKind, ErrorCode>>> = {
  not_found: "BACKUP_NOT_FOUND",
  corrupt: "BACKUP_INVALID",
  denied: "KEY_WRONG",
};

const hints: Readonly<Record<TargetErrorKind, string>> = {
  not_found: "It is gone there. `holdfast list --target` shows what there is.",
  denied: "Check its credentials or keys: holdfast target check",
  unavailable: "Is it plugged in, mounted, reachable? `holdfast push` catches up later.",
  full: "Free some room there, or keep fewer copies.",
  invalid: "Check its settings: holdfast target show",
  corrupt: "Take another copy. `holdfast verify --target` looks at all of them.",
};

/** The failure of a target as ours: the words of the plugin, the code by its kind. */
export function targetFailure(error: unknown, { name, doing }: TargetDoing): HoldfastError {
  if (!(error instanceof TargetError)) return asHoldfastError(error, "TARGET_FAILED");
  const code = doing === "fetch" ? fetchCodes[error.kind] : undefined;
  const { message, hint = hints[error.kind] } = error;
  return new HoldfastError(code ?? "TARGET_FAILED", `Target "${name}": ${message}`, {
    hint,
    cause: error,
  });
}
