/**
 * What is saved needs a configuration file.
 *
 * @module
 */

import type { Message } from "./message.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/**
 * Offers to write one where there is none, and goes on with `next` then; `undefined` where
 * there is one. Whoever says no is back where they were.
 */
export function writtenFirst(state: State, next: Message): Step | undefined {
  if (state.abilities.includes("saveSetting")) return undefined;
  if (!state.abilities.includes("writeConfig")) return undefined;
  return step({
    ...state,
    modal: {
      kind: "ask",
      question: "Write a configuration file first?",
      detail: "What you save is kept in holdfast.json, in the folder that you are in.",
      yes: "write it",
      then: { type: "writeFirst", next },
      under: state.modal,
    },
  });
}

/** The next step of it: what waits for the file is done once the database is open with it. */
export function updateConfiguration(state: State, message: Message): Step | undefined {
  if (message.type !== "writeFirst") return undefined;
  const { state: started, commands } = startJob(state, { verb: "write configuration" });
  const job = started.jobs[0]?.id ?? "";
  return { state: { ...started, afterwards: { job, next: message.next } }, commands };
}
