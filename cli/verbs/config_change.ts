/**
 * Changes settings in the file.
 *
 * @module
 */

import {
  type ConfigEdit,
  definitionAt,
  editConfigFile,
  editConfigText,
} from "../../core/config/edit_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { findConfig } from "../../core/config/find_config.ts";
import { readConfigText } from "../../core/config/load_config.ts";
import { parseConfig } from "../../core/config/parse_config.ts";
import { schemaNode } from "../../core/config/schema_node.ts";
import { settingFromText } from "../../core/config/setting_text.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** Which database, and the values of `set`. */
export interface ChangeOptions {
  readonly database?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

/** Sets a key; the file keeps its comments. */
export async function configSet(run: Run, key: string, options: ChangeOptions): Promise<Outcome> {
  const whole = wholeKey(key, options);
  const schema = definitionAt(whole);
  const { values = [] } = options;
  const isList = schemaNode(schema).type === "array";
  if (values.length > 1 && !isList) {
    throw new HoldfastError("USAGE", `Cannot set "${whole}" to ${values.length} values`, {
      hint: "It takes one: put quotes around it.",
    });
  }
  const text = values.length > 1 ? JSON.stringify(values) : values[0] ?? "";
  const value = settingFromText(schema, text, { name: whole });
  const path = await fileOf(run);
  await refuseUselessNotifier(run, path, { key: whole, value });
  await editConfigFile(path, { key: whole, value });
  return {
    verb: "config set",
    data: { path, key: whole, value },
    text: `${whole} = ${escapeText(JSON.stringify(value))}`,
    note: `in ${escapeText(path)}`,
  };
}

/** A notifier that can never work is refused when it is set, not when there is news. */
async function refuseUselessNotifier(run: Run, path: string, edit: ConfigEdit): Promise<void> {
  const [head, name = ""] = edit.key.split(".");
  if (head !== "notifiers" || name === "") return;
  const text = await editConfigText(await readConfigText(path), edit, path);
  const given = (await parseConfig(text, path)).notifiers?.[name];
  if (given === undefined) return;
  const { checkNotifier } = await import("../notifier_check.ts");
  await checkNotifier(run, name, { given });
}

/** Takes a key out. */
export async function configUnset(run: Run, key: string, options: ChangeOptions): Promise<Outcome> {
  const whole = wholeKey(key, options);
  definitionAt(whole);
  const path = await fileOf(run);
  await editConfigFile(path, { key: whole, value: undefined });
  return {
    verb: "config unset",
    data: { path, key: whole },
    text: `${whole} is not set any more`,
    note: `in ${escapeText(path)}`,
  };
}

function wholeKey(key: string, { database }: ChangeOptions): string {
  return database === undefined ? key : `databases.${database}.${key}`;
}

/** The file to change; not yet read, so that a broken one can be mended. */
async function fileOf(run: Run): Promise<string> {
  const found = await findConfig(run.session.around, run.globals.config);
  if (found !== undefined) return found.path;
  throw new HoldfastError("CONFIG_INVALID", "Cannot change the configuration: there is no file", {
    hint: "Write one first: holdfast init",
  });
}
