/**
 * A bucket on Ceph's object gateway, and what tests ask about it.
 *
 * @module
 */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { memoryState } from "../../../core/extend/memory_state.ts";
import { type Body, bytesBody, type Target } from "../../../core/extend/mod.ts";
import type { RgwServer } from "../../../tests/support/rgw_server.ts";
import { type S3Options, s3Target } from "../mod.ts";

/** For calls that are not aborted. */
export const signal: AbortSignal = new AbortController().signal;

/** Bytes. */
export const mebibyte: number = 1024 * 1024;

/** Bytes of a part. */
export const partSize: number = 5 * mebibyte;

/** The bytes of the body: several parts. */
export const bytes: Uint8Array<ArrayBuffer> = randomBytes(22 * mebibyte + 5);

/** Their hash. */
export const sha256: string = createHash("sha256").update(bytes).digest("hex");

/** A body that goes in parts. */
export const body: Body = bytesBody(bytes);

/** A body that goes in one request. */
export const small: Body = bytesBody(randomBytes(1000));

/** Bytes that do not repeat. */
export function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const random = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(random.subarray(at, at + 65_536));
  }
  return random;
}

/** The options of a bucket. */
export function optionsFor(server: RgwServer, more: Partial<S3Options> = {}): S3Options {
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const credentials = () => Promise.resolve({ accessKeyId, secretAccessKey });
  return { bucket: "copies", endpoint, partSize, credentials, state: memoryState(), ...more };
}

/** Runs a step with a target and closes it. */
export async function withTarget<Result>(
  options: S3Options,
  step: (target: Target) => Promise<Result>,
): Promise<Result> {
  const target = s3Target(options);
  try {
    return await step(target);
  } finally {
    await target.close?.();
  }
}

/** Throws where an object of that key is there, or a part of it shows. */
export async function assertNothing(server: RgwServer, key: string): Promise<void> {
  await withTarget(optionsFor(server), async (target) => {
    equal(await target.stat(key, { signal }), undefined);
    deepEqual(await Array.fromAsync(target.list(key, { signal })), []);
    await rejects(target.get(key, { signal }), { kind: "not_found" });
  });
}

/** Throws where the object is not the body. */
export async function assertStored(server: RgwServer, key: string): Promise<void> {
  await withTarget(optionsFor(server), async (target) => {
    const hash = createHash("sha256");
    for await (const chunk of await target.get(key, { signal })) hash.update(chunk);
    equal(hash.digest("hex"), sha256);
    equal((await target.stat(key, { signal }))?.sha256, sha256);
  });
}

/** The uploads in parts that the store holds. */
export async function unfinished(server: RgwServer): Promise<number> {
  const text = await (await server.request("GET", "/copies?uploads=")).text();
  return text.match(/<Upload>/g)?.length ?? 0;
}

/** What a test does with a server, by the sentence that it proves. */
export type Steps = Readonly<
  Record<string, (server: RgwServer, t: Deno.TestContext) => Promise<void>>
>;
