/**
 * How sending copies went, target by target.
 *
 * @module
 */

import type { ErrorCode, HoldfastError } from "../errors.ts";
import type { PrunedCopy } from "./prune_copies.ts";
import type { SweptObject } from "./sweep_orphans.ts";

/** A copy that is on a target now. */
export interface SentCopy {
  /** The id of the backup. */
  readonly id: string;
  /** The backup's file name. */
  readonly name: string;
  /** Its key on the target. */
  readonly key: string;
  /** Bytes of the object. */
  readonly size: number;
  /** It was there before: nothing was sent. */
  readonly already: boolean;
}

/** How it went with one target. */
export interface PushedTarget {
  /** The target's name. */
  readonly target: string;
  /** Everything that belongs there is there. */
  readonly ok: boolean;
  /** A backup whose copy does not arrive here counts as failed. */
  readonly required: boolean;
  /** What was sent. */
  readonly copies: readonly SentCopy[];
  /** What the retention policy of the target took away. */
  readonly pruned: readonly PrunedCopy[];
  /** What interrupted uploads had left there and is gone now; only `push` looks for it. */
  readonly swept: readonly SweptObject[];
  /** What went wrong; the copies above stand. */
  readonly error?:
    | { readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined }
    | undefined;
}

/** An error as it stands in a result. */
export function plainError({ code, message, hint }: HoldfastError): PushedTarget["error"] {
  return hint === undefined ? { code, message } : { code, message, hint };
}

/** `usb: 2 copies, s3: failed`. */
export function pushedWords(targets: readonly PushedTarget[]): string {
  return targets.map(({ target, ok, copies }) => {
    const sent = copies.filter(({ already }) => !already).length;
    const words = sent === 0 ? "nothing to send" : sent === 1 ? "1 copy" : `${sent} copies`;
    return `${target}: ${ok ? words : "failed"}`;
  }).join(", ");
}
