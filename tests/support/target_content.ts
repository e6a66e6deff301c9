/**
 * What tests of targets put there, and find there again.
 *
 * @module
 */

import type { Target } from "../../core/extend/mod.ts";

const { signal } = new AbortController();

/** Random bytes. */
export function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/** The bytes of an object. */
export async function bytesOf(target: Target, key: string): Promise<Uint8Array<ArrayBuffer>> {
  return await new Response(await target.get(key, { signal })).bytes();
}

/** The keys of the finished objects. */
export async function keysOf(target: Target): Promise<string[]> {
  return await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
}
