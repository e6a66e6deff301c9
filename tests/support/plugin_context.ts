/**
 * What a plugin's factory is given, in memory.
 *
 * @module
 */

import type { PluginContext, SettingValues } from "../../core/extend/mod.ts";

/** What {@linkcode pluginContext} is given. */
export interface PluginContextOptions {
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Where its state is kept, to look into. */
  readonly state?: Map<string, string> | undefined;
}

/** A context with these settings. */
export function pluginContext(
  settings: SettingValues,
  { secrets = {}, state = new Map<string, string>() }: PluginContextOptions = {},
): PluginContext {
  return {
    name: "test",
    settings,
    secrets: { get: (name) => Promise.resolve(secrets[name]) },
    state: {
      get: (key) => Promise.resolve(state.get(key)),
      set: (key, value) => Promise.resolve(void state.set(key, value)),
      delete: (key) => Promise.resolve(void state.delete(key)),
    },
    signal: new AbortController().signal,
  };
}
