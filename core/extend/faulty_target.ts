/**
 * A target that misbehaves on purpose, for tests of what holds it.
 *
 * @module
 */

import type { Target, TargetCallOptions } from "./target.ts";
import { TargetError, type TargetErrorKind } from "./target_error.ts";

/**
 * - `short_body`: `put` keeps all but the last byte, and says nothing
 * - `short_stream`: `get` ends before the last byte, and says nothing
 * - `broken_stream`: `get` breaks half way as `unavailable`
 * - `flipped_byte`: `get` gives one byte altered
 * - `twin`: `list` tells every object twice
 * - `lag`: `list` and `stat` know nothing
 * - `full`: `put` takes half of the body and throws `full`
 * - `denied`, `unavailable`: every verb throws that
 * - `never_answers`: every verb waits for ever, deaf to its signal
 * - `throws`: every verb throws an error of the plugin's own
 */
export type Fault =
  | "short_body"
  | "short_stream"
  | "broken_stream"
  | "flipped_byte"
  | "twin"
  | "lag"
  | "full"
  | "denied"
  | "unavailable"
  | "never_answers"
  | "throws";

/** What {@linkcode faultyTarget} is given. */
export interface FaultOptions {
  /** How many calls that the fault can hit go wrong before it heals; all by default. */
  readonly times?: number | undefined;
}

type Verb = "put" | "get" | "stat" | "list" | "remove" | "quota";

/** The verbs that a fault hits. */
const hits: Readonly<Record<Fault, readonly Verb[]>> = {
  short_body: ["put"],
  short_stream: ["get"],
  broken_stream: ["get"],
  flipped_byte: ["get"],
  twin: ["list"],
  lag: ["list", "stat"],
  full: ["put"],
  denied: ["put", "get", "stat", "list", "remove", "quota"],
  unavailable: ["put", "get", "stat", "list", "remove", "quota"],
  never_answers: ["put", "get", "stat", "list", "remove", "quota"],
  throws: ["put", "get", "stat", "list", "remove", "quota"],
};

/** The same target with a fault. Faults nest. */
export function faultyTarget(target: Target, fault: Fault, options: FaultOptions = {}): Target {
  let left = options.times ?? Infinity;
  const hit = (verb: Verb): boolean => hits[fault].includes(verb) && left-- > 0;
  const { quota, close } = target;
  return {
    async put(key, body, call) {
      if (!hit("put")) return await target.put(key, body, call);
      await fails(fault, call);
      const half = body.slice(0, Math.floor(body.size / 2)).stream();
      if (fault === "full") {
        await half.pipeTo(new WritableStream());
        throw new TargetError("full", `Cannot store "${key}": there is no room left`);
      }
      await target.put(key, body.slice(0, body.size - 1), call);
    },
    async get(key, call) {
      if (!hit("get")) return await target.get(key, call);
      await fails(fault, call);
      const size = (await target.stat(key, call))?.size ?? 0;
      const stream = await target.get(key, call);
      return stream.pipeThrough(spoiled(fault, size - (call.offset ?? 0)));
    },
    async stat(key, call) {
      if (!hit("stat")) return await target.stat(key, call);
      return await fails(fault, call);
    },
    async *list(prefix, call) {
      const wrong = hit("list");
      if (wrong) await fails(fault, call);
      if (wrong && fault === "lag") return;
      for await (const object of target.list(prefix, call)) {
        yield object;
        if (wrong) yield object;
      }
    },
    async remove(key, call) {
      if (hit("remove")) await fails(fault, call);
      await target.remove(key, call);
    },
    ...(quota === undefined ? {} : {
      quota: async (call) => {
        if (hit("quota")) await fails(fault, call);
        return await quota.call(target, call);
      },
    }),
    ...(close === undefined ? {} : { close: () => close.call(target) }),
  };
}

/** Throws, or waits for ever, where the fault is of that sort. */
async function fails(fault: Fault, { signal }: TargetCallOptions): Promise<undefined> {
  if (fault === "never_answers") await new Promise<never>(() => {});
  signal.throwIfAborted();
  const kinds: readonly TargetErrorKind[] = ["denied", "unavailable"];
  const kind = kinds.find((one) => one === fault);
  if (kind !== undefined) throw new TargetError(kind, `Cannot reach the place: ${kind}`);
  if (fault === "throws") throw new RangeError("the plugin has a bug");
  return undefined;
}

/** Spoils what passes: ends before the last byte, breaks half way, or alters the middle byte. */
function spoiled(fault: Fault, size: number): TransformStream<Uint8Array<ArrayBuffer>> {
  const middle = Math.floor(size / 2);
  let at = 0;
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller): void {
      const start = at;
      at += chunk.length;
      const bytes = chunk.slice();
      if (fault === "broken_stream" && at > middle) {
        controller.enqueue(bytes.subarray(0, middle - start));
        controller.error(new TargetError("unavailable", "Cannot read on: the connection broke"));
      } else if (fault === "short_stream" && at >= size) {
        controller.enqueue(bytes.subarray(0, bytes.length - 1));
      } else {
        const index = middle - start;
        if (fault === "flipped_byte" && index >= 0 && index < bytes.length) {
          bytes[index] = (bytes[index] ?? 0) ^ 1;
        }
        controller.enqueue(bytes);
      }
    },
  });
}
