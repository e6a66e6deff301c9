/**
 * How objects are stored.
 *
 * @module
 */

import type { UploadSessions } from "./upload_sessions.ts";

/** How objects are stored. */
export interface PutSettings {
  /** Bytes of one part; up to two of them go as one request. */
  readonly partSize: number;
  /** Parts on the way at the same time. */
  readonly parallel: number;
  /** The storage class; the bucket's own by default. */
  readonly storageClass?: string | undefined;
  /** Keeps unfinished uploads. */
  readonly sessions: UploadSessions;
}

/** The header fields of a new object. */
export function objectHeaders(
  sha256: string | undefined,
  storageClass: string | undefined,
): Readonly<Record<string, string>> {
  return {
    ...(sha256 === undefined ? {} : { "x-amz-meta-sha256": sha256 }),
    ...(storageClass === undefined ? {} : { "x-amz-storage-class": storageClass }),
  };
}
