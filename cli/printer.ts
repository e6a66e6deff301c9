/**
 * What the verbs print to: one for people, one for programs, of the same events.
 *
 * @module
 */

import type { ErrorCode, HoldfastError } from "../core/errors.ts";
import type { HoldfastEvent } from "../core/events.ts";

/** The version of the shapes that `--json` prints; a change that breaks a reader raises it. */
export const SHAPE_VERSION = 1;

/** What failed: an error, or what a result says of one. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** How a verb ended. */
export interface Outcome {
  /** The verb: `backup`. */
  readonly verb: string;
  /** What programs get. */
  readonly data: unknown;
  /** What people get on standard output; nothing where it is empty. */
  readonly text?: string | undefined;
  /** What people get on standard error: what to do next. */
  readonly note?: string | undefined;
  /** What failed although there is a result: for people, as errors. Programs find it in the data. */
  readonly failures?: readonly Failure[] | undefined;
  /** 0 by default. */
  readonly exitCode?: number | undefined;
}

/** Prints events, one result, or one error. */
export interface Printer {
  /** Tells what happens. */
  event(event: HoldfastEvent): void;
  /** Tells people something that is no event, a line of a hook. */
  note(text: string): void;
  /** Ends with a result. */
  result(outcome: Outcome): void;
  /** Ends with an error. */
  failure(verb: string, error: HoldfastError): void;
  /** Takes the progress line away: before a question, at the end. */
  clear(): void;
}
