/**
 * The format `zip` as the verbs take it.
 *
 * @module
 */

import { type Format, registryOf, type SettingValues } from "../../core/extend/mod.ts";
import zip from "../../plugins/zip/mod.ts";
import { pluginContext } from "./plugin_context.ts";

/** It, with these settings and this password. */
export async function zipFormats(
  settings: SettingValues = {},
  password?: string,
): Promise<readonly Format[]> {
  const { kind } = registryOf([zip]).find("formats", "zip");
  const secrets = password === undefined ? {} : { password };
  return [await kind.create(pluginContext(settings, { secrets }))];
}
