/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

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
import { inspect, journal } from "./inspect.ts";
import type { LaneMessage } from "./lane_client.ts";
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
  closeArtifact: (_: null): void => closeArtifact(),
};

/** The tasks with their types, for the near side. */
export type LaneTasks = typeof tasks;

interface LaneCall {
  readonly task: keyof LaneTasks;
  readonly request: never;
}

function tell(message: LaneMessage): void {
  self.postMessage(message);
}

self.onmessage = async ({ data }: MessageEvent<LaneCall>) => {
  try {
    const onProgress = (progress: EngineProgress): void => tell({ progress });
    tell({ result: await tasks[data.task](data.request, onProgress) });
  } catch (error) {
    tell({ error: failureOf(error) });
  }
};
