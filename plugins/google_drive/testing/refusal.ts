/**
 * How the fake server refuses.
 *
 * @module
 */

/** An answer other than the one that was hoped for. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly reason: string;

  /** A status and Google's reason; `message` is for whoever reads a failed test. */
  constructor(status: number, reason: string, message = "") {
    super(message === "" ? `${status} ${reason}` : `${status} ${reason}: ${message}`);
    this.status = status;
    this.reason = reason;
  }
}

/** A breach of the protocol: remembered, so that no test passes in spite of one. */
export class Violation extends Refusal {
  /** A 400 with what was wrong. */
  constructor(message: string) {
    super(400, "badRequest", message);
  }
}

/** Throws a {@linkcode Violation} where the condition does not hold. */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Violation(message);
}

/** The body of a refusal by Drive. */
export function driveRefusal(status: number, reason: string): unknown {
  const message = "The fake server says no.";
  return { error: { code: status, message, errors: [{ domain: "global", reason, message }] } };
}
