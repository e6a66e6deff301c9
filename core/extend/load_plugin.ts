/**
 * Finding and loading a plugin by what the configuration calls it.
 *
 * @module
 */

import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HoldfastError } from "../errors.ts";
import { nameHint } from "./name_hint.ts";
import type { Plugin } from "./plugin.ts";
import { pluginFaults } from "./plugin_faults.ts";

/** What {@linkcode loadPlugin} is given. */
export interface LoadPluginOptions {
  /** The plugins that come along, by name, each loaded only when it is used. */
  readonly bundled: Readonly<Record<string, () => Promise<unknown>>>;
  /** The folder that relative paths start from: that of the configuration file. */
  readonly folder: string;
  /** Milliseconds for loading; 60,000 by default. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Loads a plugin: a bundled name, a path (it has a slash, or ends with `.ts`, `.js`,
 * `.mjs`), or an `npm:`, `jsr:`, `https:` or `file:` specifier. A path needs
 * `--allow-read`, a specifier the network the first time.
 *
 * Throws `PLUGIN_INVALID`: it cannot be reached; it threw while it was loaded (its
 * own error is the cause); or its default export is no plugin.
 */
export async function loadPlugin(specifier: string, options: LoadPluginOptions): Promise<Plugin> {
  const module = await loaded(specifier, options);
  const exported = typeof module === "object" && module !== null && "default" in module
    ? module.default
    : undefined;
  if (isPlugin(exported)) return exported;
  throw new HoldfastError(
    "PLUGIN_INVALID",
    `Cannot use the plugin "${specifier}": ${pluginFaults(exported).join("; ")}`,
    { hint: "Its default export must be what definePlugin() gives: tell its author." },
  );
}

/** Whether nothing was found against it. */
function isPlugin(exported: unknown): exported is Plugin {
  return pluginFaults(exported).length === 0;
}

/** The module of a plugin. */
async function loaded(specifier: string, options: LoadPluginOptions): Promise<unknown> {
  const { bundled, deadlineMs = 60_000 } = options;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(unreachable(specifier, `it did not load within ${deadlineMs / 1000} s`));
  }, deadlineMs);
  try {
    const own = Object.hasOwn(bundled, specifier) ? bundled[specifier] : undefined;
    const load = own ?? await importerOf(specifier, options);
    return await Promise.race([load(), late.promise]);
  } catch (cause) {
    if (cause instanceof HoldfastError && cause.code === "PLUGIN_INVALID") throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    // Deno's word for all that it cannot find, fetch, parse or permit.
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND") {
      throw unreachable(specifier, why, cause);
    }
    throw new HoldfastError(
      "PLUGIN_INVALID",
      `Cannot load the plugin "${specifier}": it failed by itself: ${why}`,
      { hint: "This comes from the plugin, not from holdfast: tell its author.", cause },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** How to import a plugin that is not bundled. */
async function importerOf(
  specifier: string,
  { bundled, folder }: LoadPluginOptions,
): Promise<() => Promise<unknown>> {
  if (/^(npm|jsr|https|file):/.test(specifier)) return () => import(specifier);
  if (!/[/\\]|\.(ts|js|mjs)$/.test(specifier)) {
    throw new HoldfastError("PLUGIN_INVALID", `Cannot find the plugin "${specifier}"`, {
      hint: `${nameHint(specifier, Object.keys(bundled))} ` +
        'Others are named by a path ("./mine.ts") or a specifier ("npm:…", "jsr:…").',
    });
  }
  const path = isAbsolute(specifier) ? specifier : resolve(folder, specifier);
  try {
    const { isFile } = await Deno.stat(path);
    if (!isFile) throw unreachable(specifier, `"${path}" is no file`);
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw unreachable(specifier, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return () => import(pathToFileURL(path).href);
}

/** The error for a plugin that is not there, or not to be had. */
function unreachable(specifier: string, why: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    "PLUGIN_INVALID",
    `Cannot reach the plugin "${specifier}": ${why}`,
    { hint: "Check its name, the network and Deno's permissions.", cause },
  );
}
