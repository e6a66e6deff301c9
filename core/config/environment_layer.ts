/**
 * Settings by environment variables: `HOLDFAST_` and the key in capitals.
 *
 * @module
 */

import { configFile } from "./config_file.ts";
import { type Schema, schemaAt } from "./schema_node.ts";
import { listSettings } from "./setting_list.ts";
import { settingFromText } from "./setting_text.ts";
import type { Surroundings } from "./surroundings.ts";

/** A setting that the environment gives. */
export interface EnvironmentSetting {
  /** The key with dots. */
  readonly key: string;
  /** The variable. */
  readonly variable: string;
  /** The value, checked. */
  readonly value: unknown;
}

/**
 * The settings that the environment gives. An empty variable counts as not given.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where a value is not what is wanted.
 */
export function environmentSettings(env: Surroundings["env"]): readonly EnvironmentSetting[] {
  return listSettings().flatMap(({ key, variable }) => {
    const text = variable === undefined ? undefined : env[variable];
    if (variable === undefined || text === undefined || text === "") return [];
    const schema = schemaAt(configFile, key.split("."));
    return [{ key, variable, value: settingFromText(schema as Schema, text, { name: variable }) }];
  });
}
