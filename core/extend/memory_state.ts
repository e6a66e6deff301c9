/**
 * A store that forgets: for what is only tried.
 *
 * @module
 */

import type { StateStore } from "../../core/extend/plugin.ts";

/** Makes one. */
export function memoryState(): StateStore {
  const values = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}
