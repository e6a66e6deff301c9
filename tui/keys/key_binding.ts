/**
 * What one key stands for.
 *
 * @module
 */

import type { Ability } from "../actions.ts";
import type { Message } from "../state/message.ts";
import type { State } from "../state/state.ts";
import type { Context } from "./context.ts";

/** One key and what it stands for. */
export interface KeyBinding {
  /** Names of the keys; the first is the one that is shown. */
  readonly keys: readonly string[];
  readonly in: readonly Context[];
  /** A word or two for the footer. */
  readonly label: string;
  /** A sentence for the help. */
  readonly help: string;
  readonly message: Message;
  /** Shown in the footer. */
  readonly footer?: boolean;
  /** Only where the library can do this. */
  readonly needs?: Ability;
  /** Why it is disabled now. */
  readonly unless?: (state: State) => string | undefined;
}
