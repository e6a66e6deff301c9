/**
 * Holds the state, and hands what it asks for to the world.
 *
 * @module
 */

import type { Command } from "./state/command.ts";
import type { Message } from "./state/message.ts";
import type { State } from "./state/state.ts";
import { update } from "./state/update.ts";

/** The one state of a running UI. */
export class Store {
  #state: State;
  readonly #listeners = new Set<() => void>();
  readonly #run: (command: Command) => void;

  /** Begins with a state; `run` does what the state asks for. */
  constructor(state: State, run: (command: Command) => void) {
    this.#state = state;
    this.#run = run;
  }

  /** The present state. */
  readonly state = (): State => this.#state;

  /** Calls the listener after each change, until what it gives back is called. */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes a message in. */
  readonly dispatch = (message: Message): void => {
    const { state, commands } = update(this.#state, message);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#listeners.forEach((listener) => listener());
    commands.forEach(this.#run);
  };
}
