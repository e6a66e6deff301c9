/**
 * The registry of a run: the plugins that the configuration names, and of the bundled
 * ones those that are used.
 *
 * @module
 */

import { configFolder } from "../../core/config/load_config.ts";
import { loadPlugin } from "../../core/extend/load_plugin.ts";
import { type Registry, registryOf, SORTS } from "../../core/extend/registry.ts";
import { bundledPlugins } from "../bundled_plugins.ts";
import type { Run } from "../session.ts";

/**
 * Loads them.
 *
 * @param kinds The kinds that are used; those that no bundled plugin has are left to the others.
 * @throws {HoldfastError} `PLUGIN_INVALID`.
 */
export async function loadRegistry(
  run: Pick<Run, "config">,
  kinds: Iterable<string>,
): Promise<Registry> {
  const config = await run.config();
  const options = { bundled: bundledPlugins, folder: configFolder(config) };
  const load = async (bundled: readonly string[]): Promise<Registry> => {
    const names = new Set([...bundled, ...config.file.plugins ?? []]);
    return registryOf(await Promise.all([...names].map((name) => loadPlugin(name, options))));
  };
  const wanted = [...kinds];
  const registry = await load(wanted.filter((kind) => Object.hasOwn(bundledPlugins, kind)));
  const known = new Set(SORTS.flatMap((sort) => registry.entries(sort).map(({ name }) => name)));
  // Whoever asks for one that there is not is told all that there are.
  return wanted.every((kind) => known.has(kind))
    ? registry
    : await load(Object.keys(bundledPlugins));
}

/** Every plugin there is. */
export async function loadEveryPlugin(run: Run): Promise<Registry> {
  return await loadRegistry(run, Object.keys(bundledPlugins));
}
