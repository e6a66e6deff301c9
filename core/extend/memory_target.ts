/**
 * The reference target: the smallest whole one, in memory. Read it before you
 * write your own.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { abortableStream } from "./abortable_stream.ts";
import { bytesBody } from "./body.ts";
import { exactStream } from "./exact_stream.ts";
import type { Target, TargetObject } from "./target.ts";
import { TargetError } from "./target_error.ts";

/** What {@linkcode memoryTarget} is given. */
export interface MemoryTargetOptions {
  /** Bytes that it holds at most; no bound by default. */
  readonly capacity?: number | undefined;
  /** Tells when an object was put; without it no object has a time. */
  readonly now?: (() => Temporal.Instant) | undefined;
}

/** An object and its bytes. */
interface Held {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly object: TargetObject;
}

/**
 * A target in memory, gone with the process: for tests and as the model of the
 * contract. Throws `full` over its capacity.
 *
 * @example
 * ```ts
 * import { bytesBody, memoryTarget } from "@holdfast/holdfast/plugin";
 *
 * const { signal } = new AbortController();
 * const target = memoryTarget();
 * await target.put("db-1/a.db", bytesBody(new Uint8Array(3)), { signal });
 * console.log((await target.stat("db-1/a.db", { signal }))?.size); // 3
 * ```
 */
export function memoryTarget(options: MemoryTargetOptions = {}): Target {
  const objects = new Map<string, Held>();
  const used = (): number => objects.values().reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    async put(key, body, { signal, onProgress }): Promise<void> {
      signal.throwIfAborted();
      const replaced = objects.get(key)?.bytes.length ?? 0;
      if (used() - replaced + body.size > (options.capacity ?? Infinity)) {
        throw new TargetError("full", `Cannot store "${key}": the memory target is full`);
      }
      const bytes = await new Response(abortableStream(exactStream(body), signal)).bytes();
      signal.throwIfAborted();
      objects.set(key, { bytes, object: describe(key, bytes, options) });
      onProgress?.(bytes.length);
    },
    async get(key, { signal, offset = 0 }) {
      signal.throwIfAborted();
      const held = objects.get(key);
      if (held === undefined) throw new TargetError("not_found", `Cannot find "${key}"`);
      return await Promise.resolve(
        abortableStream(inPieces(held.bytes.subarray(offset)), signal),
      );
    },
    async stat(key, { signal }) {
      signal.throwIfAborted();
      return await Promise.resolve(objects.get(key)?.object);
    },
    async *list(prefix, { signal }) {
      for (const [key, { object }] of [...objects]) {
        signal.throwIfAborted();
        if (key.startsWith(prefix)) yield await Promise.resolve(object);
      }
      signal.throwIfAborted();
    },
    async remove(key, { signal }) {
      signal.throwIfAborted();
      await Promise.resolve(objects.delete(key));
    },
    async quota({ signal }) {
      signal.throwIfAborted();
      const total = options.capacity;
      if (total === undefined) return await Promise.resolve({ used: used() });
      return { total, used: used(), free: total - used() };
    },
  };
}

/** What is known of an object. */
function describe(
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: MemoryTargetOptions,
): TargetObject {
  return {
    key,
    size: bytes.length,
    modifiedAt: options.now?.(),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

/** The bytes as a stream of several chunks, as a network gives them. */
function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const size = 64 * 1024;
  const body = bytesBody(bytes);
  async function* pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < bytes.length; at += size) yield* body.slice(at, at + size).stream();
  }
  return ReadableStream.from(pieces());
}
