/**
 * The keys, as data: the footer, the help and what a key does all come from this list.
 *
 * @module
 */

import type { State } from "../state/state.ts";
import { ACTION_KEYS } from "./action_keys.ts";
import { CHOOSE_KEYS } from "./choose_keys.ts";
import { type Context, contextOf } from "./context.ts";
import { DIALOG_KEYS } from "./dialog_keys.ts";
import { EVERYWHERE_KEYS } from "./everywhere_keys.ts";
import type { KeyBinding } from "./key_binding.ts";
import { LIST_KEYS } from "./list_keys.ts";
import { MANAGE_KEYS } from "./manage_keys.ts";
import { RESCUE_KEYS } from "./rescue_keys.ts";
import { RESTORE_KEYS } from "./restore_keys.ts";
import { RETENTION_KEYS } from "./retention_keys.ts";
import { TARGET_KEYS } from "./target_keys.ts";

/** Every binding, in the order of the footer and the help. */
export const KEYS: readonly KeyBinding[] = [
  ...RESTORE_KEYS,
  ...RESCUE_KEYS,
  ...CHOOSE_KEYS,
  ...DIALOG_KEYS,
  ...RETENTION_KEYS,
  ...ACTION_KEYS,
  ...MANAGE_KEYS,
  ...TARGET_KEYS,
  ...LIST_KEYS,
  ...EVERYWHERE_KEYS,
];

/** The bindings that work in a context, those that the library cannot do left out. */
export function bindingsIn(context: Context, state: State): readonly KeyBinding[] {
  return KEYS.filter(({ in: places, needs }) =>
    places.includes(context) && (needs === undefined || state.abilities.includes(needs))
  );
}

/** What a key stands for now. */
export function bindingOf(key: string, state: State): KeyBinding | undefined {
  return bindingsIn(contextOf(state), state).find(({ keys }) => keys.includes(key));
}
