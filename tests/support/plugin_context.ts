/**
 * What a plugin's factory is given, in memory.
 *
 * @module
 */

import { memoryState } from "../../core/extend/memory_state.ts";
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
  { secrets = {}, state }: PluginContextOptions = {},
): PluginContext {
  return {
    name: "test",
    settings,
    secrets: { get: (name) => Promise.resolve(secrets[name]) },
    state: memoryState(state),
    signal: new AbortController().signal,
  };
}
