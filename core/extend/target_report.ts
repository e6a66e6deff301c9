/**
 * What a place tells of itself, beyond the five verbs.
 *
 * @module
 */

import type { TargetQuota } from "./target.ts";

/** What `target show` tells of a place. Plain data: it is printed as JSON too. */
export interface TargetDescription {
  /** It can be used: signed in, and accepted. */
  readonly connected: boolean;
  /** Whose account it is. */
  readonly account?: { readonly name?: string; readonly email: string } | undefined;
  /** What holds the copies there. */
  readonly folder?: { readonly name: string; readonly id?: string | undefined } | undefined;
  /** The room, in bytes. */
  readonly quota?: TargetQuota | undefined;
  /** How its use grows. */
  readonly forecast?:
    | { readonly bytesPerDay: number; readonly fullAt?: Temporal.Instant | undefined }
    | undefined;
  /** Why it cannot be used, or was not asked. */
  readonly problem?: { readonly message: string; readonly hint?: string | undefined } | undefined;
}

/** One thing that a person should know about a place, as plain JSON. */
export interface TargetFinding {
  /** A word for programs: `renamed`, `token_expires`. `unreachable`: the place did not answer. */
  readonly kind: string;
  /** `problem`: copies are lost or will not be made; `warning`: they soon may not be. */
  readonly level: "warning" | "problem";
  /** A sentence without its end. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string | undefined;
  /** The key of the object it is about. */
  readonly key?: string | undefined;
}

/** What `inspect` of a kind is given. */
export interface InspectOptions {
  /** The keys that should be there; without them nothing is told to be missing. */
  readonly expected?: readonly string[] | undefined;
}
