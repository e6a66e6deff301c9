/**
 * A lane: a worker thread of the engine process that does one native SQLite call
 * after another.
 *
 * @module
 */

import { errorFromTrace } from "../error_trace.ts";
import { HoldfastError } from "../errors.ts";
import type { EngineFailure, EngineProgress } from "./protocol.ts";
import type { LaneTasks } from "./lane.ts";

/** What a lane answers. */
export type LaneMessage =
  | { readonly progress: EngineProgress }
  | { readonly result: unknown }
  | { readonly error: EngineFailure };

/** JavaScript where the package was bundled. */
const laneFile = import.meta.url.endsWith(".js") ? "./lane.js" : "./lane.ts";

/** The near side of one worker thread. One task at a time. */
export class Lane {
  readonly #worker = new Worker(new URL(laneFile, import.meta.url), { type: "module" });

  /** Runs a task to its end. */
  run<T extends keyof LaneTasks>(
    task: T,
    request: Parameters<LaneTasks[T]>[0],
    onProgress: (progress: EngineProgress) => void = () => {},
  ): Promise<Awaited<ReturnType<LaneTasks[T]>>> {
    const { promise, resolve, reject } = Promise.withResolvers<
      Awaited<ReturnType<LaneTasks[T]>>
    >();
    this.#worker.onmessage = ({ data }: MessageEvent<LaneMessage>) => {
      if ("progress" in data) onProgress(data.progress);
      else if ("result" in data) resolve(data.result as Awaited<ReturnType<LaneTasks[T]>>);
      else reject(failureFrom(data.error));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new HoldfastError("INTERNAL", `A thread of the engine failed: ${event.message}`));
    };
    this.#worker.postMessage({ task, request });
    return promise;
  }
}

function failureFrom({ code, message, hint, trace }: EngineFailure): HoldfastError {
  return new HoldfastError(code, message, { hint, cause: errorFromTrace(trace) });
}
