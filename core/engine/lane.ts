/**
 * The far side of a lane: takes a task, does it, answers.
 *
 * @module
 */

import type { LaneMessage } from "./lane_client.ts";
import type { EngineProgress } from "./protocol.ts";
import { failureOf } from "./sqlite_error.ts";

/** Everything that a lane can do; each is loaded when it is asked for. */
const tasks = {
  inspect: async () => (await import("./inspect.ts")).inspect,
  journal: async () => (await import("./inspect.ts")).journal,
  snapshot: async () => (await import("./snapshot.ts")).snapshot,
  restore: async () => (await import("./restore_in_place.ts")).restore,
  readFacts: async () => (await import("./check.ts")).readFacts,
  quickCheck: async () => (await import("./check.ts")).quickCheck,
  checkTable: async () => (await import("./check.ts")).checkTable,
  countTable: async () => (await import("./check.ts")).countTable,
  foreignKeys: async () => (await import("./check.ts")).foreignKeys,
  tryAssertion: async () => (await import("./check.ts")).tryAssertion,
  closeArtifact: async () => (await import("./check.ts")).closeArtifact,
  peek: async () => (await import("./peek.ts")).peek,
  diff: async () => (await import("./diff.ts")).diff,
  export: async () => (await import("./export_tables.ts")).exportTables,
  maintain: async () => (await import("./maintain.ts")).maintain,
  listed: async () => (await import("./listed_files.ts")).listedFiles,
  rescue: async () => (await import("./rescue.ts")).rescue,
};

/** The tasks with their types, for the near side. */
export type LaneTasks = {
  readonly [Name in keyof typeof tasks]: Awaited<ReturnType<(typeof tasks)[Name]>>;
};

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
      const task = await tasks[data.task]();
      scope.postMessage({ result: await task(data.request, onProgress) });
    } catch (error) {
      scope.postMessage({ error: failureOf(error) });
    }
  });
}

serve(globalThis);
