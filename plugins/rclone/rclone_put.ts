/**
 * Stores one object through rclone: `.part`, checked, then moved to its name.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import {
  type Body,
  exactStream,
  keyPath,
  partPath,
  type PutOptions,
  TargetError,
} from "../../core/extend/mod.ts";
import { hashOf } from "./rclone_entry.ts";
import { statEntry } from "./rclone_list.ts";
import type { RcloneRemote } from "./rclone_remote.ts";
import { runRclone, watchRclone } from "./run_rclone.ts";

/** What {@linkcode putObject} is given. */
export interface PutObjectOptions extends PutOptions {
  readonly key: string;
  readonly body: Body;
}

/**
 * Stores the object, all or nothing: rclone 1.60 leaves a part under the final
 * name when it is killed, so the final name is given last.
 */
export async function putObject(remote: RcloneRemote, options: PutObjectOptions): Promise<void> {
  const { key, body, signal, onProgress } = options;
  const { program, at, features, settings } = remote;
  const action = `Cannot store "${key}"`;
  const part = partPath(key);
  const hash = createHash(features.hash ?? "sha256");
  const told = (bytes: number): void => onProgress?.(Math.min(bytes, body.size));
  try {
    await runRclone(program, [
      ...["rcat", at(part), `--size=${body.size}`, "-v", "--stats=500ms"],
    ], { action, signal, input: exactStream(body).pipeThrough(hashing(hash)), onBytes: told });
    const digest = hash.digest("hex");
    await checkPart(remote, { key, part, size: body.size, digest, signal });
    if (features.hash === undefined && settings.downloadCheck) {
      await checkByReading(remote, { key, part, size: body.size, digest, signal, told });
    }
    await runRclone(program, [
      // Otherwise an old object of the same size and time would be taken for the new one.
      ...["moveto", at(part), at(keyPath(key)), "--ignore-times", "-v", "--stats=500ms"],
    ], { action, signal, onBytes: () => told(body.size) });
  } catch (error) {
    if (!signal.aborted) await dropPart(remote, part, { action, signal });
    throw error;
  }
  told(body.size);
}

/** A stream step that hashes what passes. */
function hashing(hash: Hash): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk, controller): void {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
  });
}

/** What was uploaded. */
interface Uploaded {
  readonly key: string;
  readonly part: string;
  readonly size: number;
  readonly digest: string;
  readonly signal: AbortSignal;
}

/** Compares size and hash with what the remote tells; throws `corrupt`. */
async function checkPart(remote: RcloneRemote, uploaded: Uploaded): Promise<void> {
  const { key, part, size, digest, signal } = uploaded;
  const type = remote.features.hash;
  const action = `Cannot check "${key}"`;
  const found = await statEntry(remote, part, { action, signal, hash: type });
  if (found === undefined || (found.size >= 0 && found.size !== size)) {
    throw corrupt(key, `the remote has ${found?.size ?? "none"} of ${size} bytes`);
  }
  const there = type === undefined ? undefined : hashOf(found, type);
  if (there !== undefined && there !== digest) {
    throw corrupt(key, `its ${type} is ${there} at the remote, not ${digest}`);
  }
}

/** Reads everything back and compares; throws `corrupt`. */
async function checkByReading(
  { program, at }: RcloneRemote,
  { key, part, digest, signal, told, size }: Uploaded & { readonly told: (bytes: number) => void },
): Promise<void> {
  const hash = createHash("sha256");
  await watchRclone(program, ["cat", at(part)], {
    action: `Cannot check "${key}"`,
    signal,
    output: (chunk) => {
      hash.update(chunk);
      told(size);
    },
  });
  if (hash.digest("hex") !== digest) throw corrupt(key, "what was read back is something else");
}

/** The error for bytes that are not those that were sent. */
function corrupt(key: string, what: string): TargetError {
  return new TargetError("corrupt", `Cannot store "${key}": ${what}`, {
    hint: "Run it again; if it stays, check the remote with `rclone check`.",
  });
}

/** Removes what a failed upload left; it may be nothing, and the failure matters more. */
async function dropPart(
  { program, at }: RcloneRemote,
  part: string,
  { action, signal }: { readonly action: string; readonly signal: AbortSignal },
): Promise<void> {
  const dropping = runRclone(program, ["deletefile", at(part)], { action, signal });
  await Promise.allSettled([dropping]);
}
