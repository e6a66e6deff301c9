/**
 * What a factory of the plugin is given in tests.
 *
 * @module
 */

import type { PluginContext, SettingValues } from "../../../core/extend/mod.ts";
import { signal } from "./archives.ts";

/** A context with these settings, this password and a store in memory. */
export function context(settings: SettingValues = {}, password?: string): PluginContext {
  const store = new Map<string, string>();
  return {
    name: "test",
    settings,
    secrets: { get: () => Promise.resolve(password) },
    state: {
      get: (key) => Promise.resolve(store.get(key)),
      set: (key, value) => Promise.resolve(void store.set(key, value)),
      delete: (key) => Promise.resolve(void store.delete(key)),
    },
    signal,
  };
}
