/**
 * The settings of a database as the terminal UI shows and changes them.
 *
 * @module
 */

import { definitionAt, editConfigFile } from "../../core/config/edit_config.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { isRecord } from "../../core/config/schema_node.ts";
import { listSettings, type SettingInfo } from "../../core/config/setting_list.ts";
import { settingFromText } from "../../core/config/setting_text.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { HeldSetting } from "../../tui/actions.ts";

/** Every setting of a database as it holds; whole tables (targets, hooks) have their own place. */
export function heldSettings(configured: ConfiguredDatabase): readonly HeldSetting[] {
  return listSettings()
    .filter(({ scope, kind }) => scope === "database" && kind !== "table" && kind !== "command")
    .filter(({ key }) => !key.startsWith("retention."))
    .map((info) => held(configured, info));
}

function held({ settings, origins }: ConfiguredDatabase, info: SettingInfo): HeldSetting {
  const { key, help, wanted, choices, kind } = info;
  const origin = origins.get(key) ?? origins.get(key.split(".")[0] ?? "");
  return {
    key,
    help,
    wanted,
    value: textOf(valueAt(settings, key)),
    origin: origin?.from ?? "default",
    ...(choices === undefined ? {} : { choices }),
    ...(kind === "boolean" ? { choices: ["true", "false"] } : {}),
  };
}

function valueAt(from: unknown, key: string): unknown {
  let at: unknown = from;
  for (const part of key.split(".")) {
    at = isRecord(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What is wrong with a text for a setting; an empty one takes it out. */
export function checkSetting(key: string, text: string): string | undefined {
  if (text === "") return undefined;
  try {
    settingFromText(definitionAt(key), text, { name: key });
    return undefined;
  } catch (error) {
    if (error instanceof HoldfastError) return error.message;
    throw error;
  }
}

/** Writes it into the file, for the named database or for all. */
export async function saveSetting(
  key: string,
  text: string,
  { path, name }: { readonly path: string; readonly name: string | undefined },
): Promise<void> {
  const value = text === "" ? undefined : settingFromText(definitionAt(key), text, { name: key });
  await editConfigFile(path, {
    key: name === undefined ? key : `databases.${name}.${key}`,
    value,
  });
}
