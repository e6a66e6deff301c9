/**
 * Keys that are pressed while the screen that they are for is not there yet: they wait for
 * it, in their order. Typed into what happens to be there they would be lost, or worse.
 *
 * @module
 */

import type { Message } from "./message.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** More than anybody types ahead. */
const MOST = 100;

/** Whether keys wait: a path is being completed, a database opened or read for the first time. */
export function keysWait({ completing, choosing, place, loaded, loadProblem }: State): boolean {
  const reading = place !== undefined && loaded === undefined && loadProblem === undefined;
  return completing || choosing.opening || reading;
}

/** Puts a key aside; `undefined` where it does not wait. Leaving at once never waits. */
export function hold(state: State, message: Message): Step | undefined {
  const pressed = message.type === "key" && message.key !== "ctrl+c" || message.type === "text";
  if (!pressed || !keysWait(state)) return undefined;
  return step({ ...state, held: [...state.held, message].slice(0, MOST) });
}

/** The step with the keys that waited, once they need not any more. */
export function withHeld(
  next: Step,
  update: (state: State, message: Message) => Step,
): Step {
  const { held } = next.state;
  if (held.length === 0 || keysWait(next.state)) return next;
  const free: Step = { ...next, state: { ...next.state, held: [] } };
  return held.reduce(({ state, commands }, message) => {
    const then = update(state, message);
    return { state: then.state, commands: [...commands, ...then.commands] };
  }, free);
}
