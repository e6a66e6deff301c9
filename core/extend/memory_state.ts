/**
 * A store that forgets: for what is only tried, or known while a process lives.
 *
 * @module
 */

import type { StateStore } from "./plugin.ts";

/** Makes one; `values` can be given, to look into. */
export function memoryState(values: Map<string, string> = new Map()): StateStore {
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}
