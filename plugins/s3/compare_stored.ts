/**
 * Refusing an object that is not the one that was meant.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";
import { removeObject } from "./remove_object.ts";
import type { S3Client } from "./s3_client.ts";

/** Throws `corrupt` where the body was not the one whose hash was told. */
export function assertSameHash(action: string, found: string, wanted: string | undefined): void {
  if (wanted === undefined || found === wanted) return;
  throw new TargetError("corrupt", `${action}: its SHA-256 is "${found}", not "${wanted}"`, {
    hint: "The file changed after it was hashed: verify the backup.",
  });
}

/** Takes back an object of which the store tells another hash, and throws `corrupt`. */
export async function refuseStored(
  { client, action, key, signal }: {
    readonly client: S3Client;
    readonly action: string;
    readonly key: string;
    readonly signal: AbortSignal;
  },
): Promise<never> {
  await removeObject(client, key, signal);
  throw new TargetError("corrupt", `${action}: the store's ETag tells other bytes`, {
    hint: "Run it again; if it stays so, something between here and the store alters what is sent.",
  });
}
