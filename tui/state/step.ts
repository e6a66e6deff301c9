/**
 * A new state and what it asks of the world.
 *
 * @module
 */

import type { Command } from "./command.ts";
import type { State } from "./state.ts";

/** What a message leads to. */
export interface Step {
  readonly state: State;
  readonly commands: readonly Command[];
}

/** A step to a state, with commands. */
export function step(state: State, ...commands: readonly Command[]): Step {
  return { state, commands };
}
