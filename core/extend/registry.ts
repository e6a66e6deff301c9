/**
 * What the loaded plugins add, as one value.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import type { Codec } from "./codec.ts";
import type { Format } from "./format.ts";
import { nameHint } from "./name_hint.ts";
import type { Notifier } from "./notifier.ts";
import type { Kind, Plugin } from "./plugin.ts";
import type { Target } from "./target.ts";

/** What a plugin can add, by the word for it in the configuration. */
export interface Instances {
  /** Places that hold copies. */
  readonly targets: Target;
  /** Ways to pack a backup. */
  readonly formats: Format;
  /** Steps on the way to a target. */
  readonly codecs: Codec;
  /** Places where news goes. */
  readonly notifiers: Notifier;
}

/** A sort of thing that plugins add. */
export type Sort = keyof Instances;

/** Every {@linkcode Sort}. */
export const SORTS: readonly Sort[] = ["targets", "formats", "codecs", "notifiers"];

/** What one of them is called in messages. */
const wordsFor: Readonly<Record<Sort, string>> = {
  targets: "kind of target",
  formats: "format",
  codecs: "codec",
  notifiers: "kind of notifier",
};

/** One thing that a plugin adds. */
export interface Entry<Instance> {
  /** Its name. */
  readonly name: string;
  /** The name of the plugin that adds it. */
  readonly plugin: string;
  /** Its settings and its factory. */
  readonly kind: Kind<Instance>;
}

/** What the loaded plugins add. */
export interface Registry {
  /** The plugins, in the order given. */
  readonly plugins: readonly Plugin[];
  /** Everything of one sort, by name. */
  entries<Of extends Sort>(sort: Of): readonly Entry<Instances[Of]>[];
  /** One by name. Throws `CONFIG_INVALID`, with the nearest name, where there is none. */
  find<Of extends Sort>(sort: Of, name: string): Entry<Instances[Of]>;
}

/**
 * Builds a registry. Throws `PLUGIN_INVALID` where two plugins have one name, or
 * add the same thing.
 *
 * @example
 * ```ts
 * import { definePlugin, memoryTarget, registryOf } from "@holdfast/holdfast/plugin";
 *
 * const shelf = definePlugin({
 *   name: "shelf",
 *   summary: "Keeps copies in memory.",
 *   targets: { shelf: { summary: "A shelf.", settings: [], create: () => memoryTarget() } },
 * });
 * console.log(registryOf([shelf]).find("targets", "shelf").plugin); // shelf
 * ```
 */
export function registryOf(plugins: readonly Plugin[]): Registry {
  refuseTwins(plugins.map(({ name }) => ({ name, plugin: name })), "plugin");
  const entries = <Of extends Sort>(sort: Of): readonly Entry<Instances[Of]>[] =>
    plugins.flatMap((plugin) => {
      const kinds: Readonly<Record<string, Kind<Instances[Of]>>> = kindsOf(plugin, sort);
      return Object.entries(kinds).map(([name, kind]) => ({ name, plugin: plugin.name, kind }));
    }).sort((one, other) => one.name < other.name ? -1 : 1);
  for (const sort of SORTS) refuseTwins(entries(sort), sort.slice(0, -1));
  return {
    plugins,
    entries,
    find: (sort, name) => {
      const all = entries(sort);
      const entry = all.find((one) => one.name === name);
      if (entry !== undefined) return entry;
      throw new HoldfastError("CONFIG_INVALID", `Cannot find the ${wordsFor[sort]} "${name}"`, {
        hint: nameHint(name, all.map((one) => one.name)),
      });
    },
  };
}

/** What a plugin adds of one sort. */
function kindsOf<Of extends Sort>(
  plugin: Plugin,
  sort: Of,
): Readonly<Record<string, Kind<Instances[Of]>>> {
  const kinds: {
    readonly [Each in Sort]?: Readonly<Record<string, Kind<Instances[Each]>>> | undefined;
  } = plugin;
  return kinds[sort] ?? {};
}

/** Throws where a name comes twice. */
function refuseTwins(
  entries: readonly { readonly name: string; readonly plugin: string }[],
  what: string,
): void {
  const seen = new Map<string, string>();
  for (const { name, plugin } of entries) {
    const other = seen.get(name);
    if (other !== undefined) {
      throw new HoldfastError(
        "PLUGIN_INVALID",
        `Cannot add the ${what} "${name}" of the plugin "${plugin}": "${other}" has it already`,
        { hint: "Remove one of the two from the configuration." },
      );
    }
    seen.set(name, plugin);
  }
}
