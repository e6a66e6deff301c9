/**
 * Lists every plugin with what it adds and its settings.
 *
 * @module
 */

import { SORTS } from "../../core/extend/registry.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { loadEveryPlugin } from "../targets/load_registry.ts";

/** Lists them. */
export async function pluginList(run: Run): Promise<Outcome> {
  const registry = await loadEveryPlugin(run);
  const plugins = registry.plugins.map(({ name, summary }) => ({
    name,
    summary,
    adds: SORTS.flatMap((sort) =>
      registry.entries(sort).filter(({ plugin }) => plugin === name).map((entry) => ({
        sort: sort.slice(0, -1),
        name: entry.name,
        summary: entry.kind.summary,
        settings: entry.kind.settings,
      }))
    ),
  }));
  const lines = plugins.flatMap(({ name, summary, adds }) => [
    `${escapeText(name)}  ${escapeText(summary)}`,
    ...adds.map(({ sort, name, settings }) => {
      const shown = settings.filter(({ advanced }) => advanced !== true).map((setting) =>
        `${setting.name}${setting.required === true ? "*" : ""}`
      );
      return `  ${sort} ${escapeText(name)}: ${shown.join(", ") || "no settings"}`;
    }),
  ]);
  return {
    verb: "plugin list",
    data: { plugins },
    text: lines.join("\n"),
    note: `${plural(plugins.length, "plugin")}; * must be given`,
  };
}
