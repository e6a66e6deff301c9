/**
 * What is saved needs a configuration file.
 *
 * @module
 */

import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** Offers to write one where there is none; `undefined` where there is. */
export function writtenFirst(state: State): Step | undefined {
  if (state.abilities.includes("saveSetting")) return undefined;
  if (!state.abilities.includes("writeConfig")) return undefined;
  return step({
    ...state,
    modal: {
      kind: "ask",
      question: "Write a configuration file first?",
      detail: "What you save is kept in holdfast.json, in the folder that you are in.",
      yes: "write it",
      then: { type: "start", task: { verb: "write configuration" } },
    },
  });
}
