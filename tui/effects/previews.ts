/**
 * Looks at what a restore would change, a moment after the cursor has come to rest.
 *
 * @module
 */

import type { DatabaseActions, RestoreChoice } from "../actions.ts";
import type { Message } from "../state/message.ts";
import { problemOf } from "../state/problem.ts";

/** Milliseconds of rest before a look: whoever runs through a list wants none. */
const REST_MS = 120;

/** The one look that is under way. */
export class Previews {
  readonly #dispatch: (message: Message) => void;
  #stop: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** Reports to `dispatch`. */
  constructor(dispatch: (message: Message) => void) {
    this.#dispatch = dispatch;
  }

  /** Ends the present look and begins another. */
  look(of: string, choice: RestoreChoice, actions: DatabaseActions): void {
    const before = this.end();
    const stop = new AbortController();
    this.#stop = stop;
    this.#ended = this.#look(of, choice, { actions, signal: stop.signal, before });
  }

  /** Ends the present look; resolves once it has let go of the backup directory. */
  end(): Promise<void> {
    this.#stop?.abort();
    this.#stop = undefined;
    return this.#ended;
  }

  async #look(
    of: string,
    choice: RestoreChoice,
    { actions, signal, before }: {
      readonly actions: DatabaseActions;
      readonly signal: AbortSignal;
      readonly before: Promise<void>;
    },
  ): Promise<void> {
    await before;
    await rest(REST_MS, signal);
    if (signal.aborted) return;
    try {
      const preview = await actions.preview(choice, { signal, onEvent: () => {} });
      if (!signal.aborted) this.#dispatch({ type: "previewed", of, preview });
    } catch (error) {
      if (!signal.aborted) {
        this.#dispatch({ type: "notPreviewed", of, problem: problemOf(error) });
      }
    }
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
