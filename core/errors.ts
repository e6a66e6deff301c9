/**
 * The one error class that holdfast throws, and the closed list of its codes.
 *
 * @module
 */

/**
 * What went wrong, as a word that programs can act on. The exit code of the
 * command line follows from it (see docs/commands.md).
 */
export type ErrorCode =
  | "BACKUP_FAILED"
  | "BACKUP_LIST_FAILED"
  | "RESTORE_FAILED"
  | "EXPORT_FAILED"
  | "EXPORT_CANCELLED"
  | "TARGET_FAILED"
  | "NO_SPACE"
  | "DISK_FAILED"
  | "TOO_LARGE"
  | "DESTINATION_EXISTS"
  | "INTERNAL"
  | "USAGE"
  | "CONFIG_INVALID"
  | "PLUGIN_INVALID"
  | "BACKUP_NOT_FOUND"
  | "DATABASE_MISSING"
  | "NOT_A_DATABASE"
  | "LOCKED"
  | "DATABASE_BUSY"
  | "PERMISSION_DENIED"
  | "KEY_WRONG"
  | "DATABASE_CORRUPT"
  | "BACKUP_INVALID"
  | "CANCELLED";

/** What a {@linkcode HoldfastError} carries beside its code and message. */
export interface HoldfastErrorOptions {
  /** What the person can do now, as one sentence. */
  readonly hint?: string | undefined;
  /** The error underneath, kept whole. */
  readonly cause?: unknown;
}

/**
 * An error that holdfast foresaw: a code for programs, a message for people and
 * a hint about what to do now. Nothing branches on the text of a message.
 *
 * @example
 * ```ts
 * import { HoldfastError } from "@holdfast/holdfast";
 *
 * const error = new HoldfastError("NO_SPACE", "Cannot write the backup: the disk is full", {
 *   hint: "Free 20 MB and run it again.",
 * });
 * console.log(error.code, error.hint);
 * ```
 */
export class HoldfastError extends Error {
  /** Always `HoldfastError`. */
  override readonly name = "HoldfastError";
  /** What went wrong, as a word. */
  readonly code: ErrorCode;
  /** What to do now, where there is something to do. */
  readonly hint: string | undefined;

  /**
   * Makes an error with a code, a message and, in the options, a hint and a cause.
   *
   * @param code What went wrong.
   * @param message One sentence without a final period, values quoted.
   * @param options The hint and the cause.
   */
  constructor(code: ErrorCode, message: string, options: HoldfastErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
