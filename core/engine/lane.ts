/**
 * The far side of a lane: takes a task, does it, answers.
 *
 * @module
 */

import {
  checkTable,
  closeArtifact,
  countTable,
  foreignKeys,
  quickCheck,
  readFacts,
  tryAssertion,
} from "./check.ts";
import { diff } from "./diff.ts";
import { inspect, journal } from "./inspect.ts";
import type { LaneMessage } from "./lane_client.ts";
import { peek } from "./peek.ts";
import type { EngineProgress } from "./protocol.ts";
import { restore } from "./restore_in_place.ts";
import { snapshot } from "./snapshot.ts";
import { failureOf } from "./sqlite_error.ts";

/** Everything that a lane can do. */
const tasks = {
  inspect,
  journal,
  snapshot,
  restore,
  readFacts,
  quickCheck,
  checkTable,
  countTable,
  foreignKeys,
  tryAssertion,
  peek,
  diff,
  closeArtifact: (_: null): void => closeArtifact(),
};

/** The tasks with their types, for the near side. */
export type LaneTasks = typeof tasks;

interface LaneCall {
  readonly task: keyof LaneTasks;
  readonly request: never;
}

/** What this module uses of the global scope of a worker. */
interface WorkerScope {
  postMessage(message: LaneMessage): void;
  addEventListener(type: "message", listener: (event: MessageEvent<LaneCall>) => void): void;
}

function isWorkerScope(scope: unknown): scope is WorkerScope {
  return typeof scope === "object" && scope !== null && "postMessage" in scope;
}

function serve(scope: unknown): void {
  if (!isWorkerScope(scope)) throw new TypeError("A lane runs in a worker only");
  scope.addEventListener("message", async ({ data }) => {
    try {
      const onProgress = (progress: EngineProgress): void => scope.postMessage({ progress });
      scope.postMessage({ result: await tasks[data.task](data.request, onProgress) });
    } catch (error) {
      scope.postMessage({ error: failureOf(error) });
    }
  });
}

serve(globalThis);
