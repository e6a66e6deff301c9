/**
 * An error as the screens show it.
 *
 * @module
 */

import { HoldfastError } from "../../mod.ts";

/** What went wrong and what to do now. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** The problem that an error tells. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HoldfastError) {
    const { code, message, hint } = error;
    return { code, message, hint };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", message, hint: undefined };
}
