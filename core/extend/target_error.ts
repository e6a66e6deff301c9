/**
 * The error that a target throws: one of six kinds, so that retry, exit codes
 * and sentences follow from the kind alone.
 *
 * @module
 */

/**
 * - `not_found`: no such object (only from `get`)
 * - `denied`: wrong credentials, missing rights, consent revoked
 * - `unavailable`: network, time-out, throttling, server error: the only kind that is retried
 * - `full`: no room, quota reached
 * - `invalid`: the request or the settings can never work
 * - `corrupt`: the bytes are not those that were put
 */
export type TargetErrorKind =
  | "not_found"
  | "denied"
  | "unavailable"
  | "full"
  | "invalid"
  | "corrupt";

/** What a {@linkcode TargetError} carries beside its kind and message. */
export interface TargetErrorOptions {
  /** What the person can do now, as one sentence. */
  readonly hint?: string | undefined;
  /** The place asked to be left alone for so many milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The error underneath, kept whole. */
  readonly cause?: unknown;
}

/**
 * A failure of a target, told by its kind.
 *
 * @example
 * ```ts
 * import { TargetError } from "@holdfast/holdfast/plugin";
 *
 * const error = new TargetError("unavailable", "Cannot reach the server", {
 *   retryAfterMs: 2_000,
 * });
 * console.log(error.kind, error.retryAfterMs);
 * ```
 */
export class TargetError extends Error {
  /** Always `TargetError`. */
  override readonly name = "TargetError";
  /** Which of the six. */
  readonly kind: TargetErrorKind;
  /** What to do now, where there is something to do. */
  readonly hint: string | undefined;
  /** Milliseconds that the place asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  /**
   * Makes an error of a kind.
   *
   * @param kind Which of the six.
   * @param message One sentence without a final period, values quoted, no secrets.
   * @param options The hint, the wait and the cause.
   */
  constructor(kind: TargetErrorKind, message: string, options: TargetErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
  }
}
