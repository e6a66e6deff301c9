/**
 * What a check of a target works with: the target, keys of its own and bodies
 * that stop half way.
 *
 * @module
 */

import { equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { type Body, bytesBody } from "../body.ts";
import { sleep } from "../sleep.ts";
import type { Target, TargetObject } from "../target.ts";
import type { Check } from "./check.ts";

/** How to make a target, and what is real about the place; nothing that softens a promise. */
export interface TargetHarness {
  /** A target, connected anew for each check; it is closed afterwards. The checks touch keys of their own only. */
  make(): Target | Promise<Target>;
  /** Milliseconds until what was put or removed shows in `list` and `stat`; 0 by default. */
  readonly settleMs?: number | undefined;
  /** Bytes of the large body; 9 MiB by default, so that it takes several parts. */
  readonly largeBytes?: number | undefined;
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** What one check works with. */
export interface TargetBench {
  /** The target. */
  readonly target: Target;
  /** For calls that are not aborted. */
  readonly signal: AbortSignal;
  /** Bytes of a large body. */
  readonly large: number;
  /** A key that no other check uses. */
  key(name: string): string;
  /** Stores bytes. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Reads an object whole. */
  get(key: string, offset?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** What `stat` tells. */
  stat(key: string): Promise<TargetObject | undefined>;
  /** What `list` tells, ordered by key. */
  list(prefix: string): Promise<TargetObject[]>;
  /** Tries until it does not throw, as long as the place takes to settle. */
  settled<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

/** A check of a target: makes one, tries it, removes what was put and closes it. */
export function targetCheck(
  name: string,
  verify: (bench: TargetBench) => Promise<void>,
): Check<TargetHarness> {
  return {
    name,
    async run(harness): Promise<void> {
      await using cleanup = new AsyncDisposableStack();
      const made = await harness.make();
      cleanup.defer(() => made.close?.());
      const signal = harness.signal ?? new AbortController().signal;
      const put = new Set<string>();
      cleanup.defer(async () => {
        for (const key of put) await made.remove(key, { signal });
      });
      await verify(bench(recorded(made, put), harness, signal));
    },
  };
}

/** The target, remembering the keys that were put, so that they can be removed at the end. */
function recorded(target: Target, keys: Set<string>): Target {
  const { quota } = target;
  return {
    put(key, body, options) {
      keys.add(key);
      return target.put(key, body, options);
    },
    get: (key, options) => target.get(key, options),
    stat: (key, options) => target.stat(key, options),
    list: (prefix, options) => target.list(prefix, options),
    remove: (key, options) => target.remove(key, options),
    ...(quota === undefined ? {} : { quota: (options) => quota.call(target, options) }),
  };
}

/** The bench of one check. */
function bench(target: Target, harness: TargetHarness, signal: AbortSignal): TargetBench {
  const root = `holdfast-check-${crypto.randomUUID().slice(0, 8)}`;
  return {
    target,
    signal,
    large: harness.largeBytes ?? 9 * 1024 * 1024 + 17,
    key: (name) => `${root}/${name}`,
    put: (key, bytes) => target.put(key, bytesBody(bytes), { signal }),
    get: async (key, offset) =>
      await new Response(
        await target.get(key, { signal, ...(offset === undefined ? {} : { offset }) }),
      ).bytes(),
    stat: (key) => target.stat(key, { signal }),
    list: async (prefix) =>
      (await Array.fromAsync(target.list(prefix, { signal })))
        .sort((one, other) => one.key < other.key ? -1 : 1),
    settled: (attempt) => settled(attempt, harness.settleMs ?? 0, signal),
  };
}

/** Tries again, twenty times at most, until the place has settled. */
async function settled<Result>(
  attempt: () => Promise<Result>,
  settleMs: number,
  signal: AbortSignal,
): Promise<Result> {
  for (let left = settleMs > 0 ? 20 : 0;; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(settleMs / 20, signal);
    }
  }
}

/** Bytes that do not compress. */
export function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  return bytes;
}

/** Throws where the bytes differ, without printing them. */
export function equalBytes(found: Uint8Array, wanted: Uint8Array): void {
  equal(found.length, wanted.length, `wanted ${wanted.length} bytes, found ${found.length}`);
  if (Buffer.compare(found, wanted) === 0) return;
  const at = found.findIndex((byte, index) => byte !== wanted[index]);
  equal(at, -1, `the bytes differ from byte ${at} on`);
}

/** A body that stops half way until it is let go. */
export interface HeldBody {
  /** The body. */
  readonly body: Body;
  /** Resolves when the first half was taken and more is asked for. */
  readonly halfTaken: Promise<void>;
  /** Lets the second half go. */
  release(): void;
}

/** A body that stops half way, whichever way it is read. */
export function heldBody(bytes: Uint8Array<ArrayBuffer>): HeldBody {
  const half = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const middle = Math.floor(bytes.length / 2);
  const range = (start: number, end: number): Body => ({
    size: end - start,
    stream: () => {
      let at = start;
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller): Promise<void> {
          if (at >= middle) {
            half.resolve();
            await released.promise;
          }
          const next = Math.min(end, at + 65_536, at < middle ? middle : end);
          if (next > at) controller.enqueue(bytes.slice(at, next));
          at = next;
          if (at >= end) controller.close();
        },
      }, { highWaterMark: 0 });
    },
    slice: (from, to) => {
      const first = Math.min(end, start + Math.max(0, from));
      return range(first, Math.max(first, Math.min(end, start + to)));
    },
  });
  return { body: range(0, bytes.length), halfTaken: half.promise, release: released.resolve };
}
