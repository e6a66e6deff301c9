/**
 * A network that failed, told without the addresses that carry secrets.
 *
 * @module
 */

import { TargetError } from "../../core/extend/target_error.ts";

/**
 * The error for a request that got no whole answer; `action` completes
 * "Cannot …". The addresses in the cause lose their queries: the one of an upload
 * session is as good as a password.
 */
export function networkError(action: string, error: unknown): TargetError {
  return new TargetError("unavailable", `Cannot ${action}: Google Drive cannot be reached`, {
    hint: "Check the network, and the clock of this machine: a wrong one fails every certificate.",
    cause: withoutQueries(error),
  });
}

/** The same error, and its causes, without the queries of addresses and without quoted answers. */
function withoutQueries(error: unknown): Error {
  if (error instanceof SyntaxError) return new Error("SyntaxError: the answer is no JSON");
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const cause = error instanceof Error && error.cause !== undefined
    ? withoutQueries(error.cause)
    : undefined;
  return new Error(message.replaceAll(/\?[^\s"')]*/g, "?…"), { cause });
}
