/**
 * The contract of a place that holds copies: five verbs.
 *
 * @module
 */

import type { Body } from "./body.ts";

/** What every verb is given. */
export interface TargetCallOptions {
  /** Aborted when the caller gives up: stop, leave nothing half done, throw its reason. */
  readonly signal: AbortSignal;
}

/** What `put` is given. */
export interface PutOptions extends TargetCallOptions {
  /** Called with the bytes that the place has acknowledged so far, never more than the size. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  /** The SHA-256 of the body, lower-case hex, for places that can keep or check one. */
  readonly sha256?: string | undefined;
}

/** What `get` is given. */
export interface GetOptions extends TargetCallOptions {
  /** Begin at this byte (0 by default), so that an interrupted download goes on. */
  readonly offset?: number | undefined;
}

/** One finished object of a target. */
export interface TargetObject {
  /** Its key, as it was put. */
  readonly key: string;
  /** Its size in bytes. */
  readonly size: number;
  /** When it was put, as the place tells (UTC). */
  readonly modifiedAt?: Temporal.Instant | undefined;
  /** The SHA-256 of its bytes, lower-case hex, only where the place itself vouches for it. */
  readonly sha256?: string | undefined;
}

/** How much room a place has, in bytes. What a place does not tell is absent. */
export interface TargetQuota {
  /** Bytes that the place has. */
  readonly total?: number | undefined;
  /** Bytes that are taken. */
  readonly used?: number | undefined;
  /** Bytes that are left. */
  readonly free?: number | undefined;
  /** Bytes that deleted objects still occupy. */
  readonly trash?: number | undefined;
}

/**
 * A place that holds copies. Keys are `/`-separated names without `.`, `..`,
 * empty parts, a leading or a trailing slash; every part is at most 200 bytes.
 * Each verb throws a `TargetError` of one kind, or the signal's reason.
 * The caller guarantees that one key is not put twice at the same time.
 */
export interface Target {
  /**
   * Stores the body under the key, all or nothing: before it ends, and after
   * it failed, `get`, `stat` and `list` know the old object or none, never a
   * part. Repeating it leaves one object, with the last body.
   */
  put(key: string, body: Body, options: PutOptions): Promise<void>;
  /** The bytes that were put, from `offset` on; throws `not_found` where there are none. */
  get(key: string, options: GetOptions): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** What the place knows of the object, `undefined` where there is none. */
  stat(key: string, options: TargetCallOptions): Promise<TargetObject | undefined>;
  /** Every finished object whose key starts with the prefix (any string), once, in any order. */
  list(prefix: string, options: TargetCallOptions): AsyncIterable<TargetObject>;
  /** Removes the object; it is no error where there is none. */
  remove(key: string, options: TargetCallOptions): Promise<void>;
  /** How much room there is, for places that know. */
  quota?(options: TargetCallOptions): Promise<TargetQuota>;
  /** Closes connections. The target is not used again. */
  close?(): Promise<void>;
}
