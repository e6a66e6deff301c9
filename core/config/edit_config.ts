/**
 * Changing a configuration file without losing its comments, order and indent.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileError } from "../files/file_error.ts";
import { nearestWord } from "../extend/nearest_word.ts";
import { configFile } from "./config_file.ts";
import { configFileName } from "./find_config.ts";
import { readConfigText } from "./load_config.ts";
import { parseConfig } from "./parse_config.ts";
import { type Schema, schemaAt, schemaNode } from "./schema_node.ts";

/** One change: a value for a key with dots, or `undefined` to take it out. */
export interface ConfigEdit {
  readonly key: string;
  readonly value: unknown;
}

/**
 * The text with one setting changed. Everything else stays as it was written.
 *
 * @param text The file as it is.
 * @param edit The change.
 * @param name What errors call the file.
 * @throws {HoldfastError} `CONFIG_INVALID` where the key is unknown or the result would
 * not be a valid configuration.
 */
export async function editConfigText(
  text: string,
  edit: ConfigEdit,
  name = configFileName,
): Promise<string> {
  const { applyEdits, findNodeAtLocation, modify, parseTree } = await import("jsonc-parser");
  const { removeProperty } = await import("./remove_property.ts");
  const path = edit.key.split(".");
  definitionAt(edit.key);
  const options = {
    formattingOptions: { ...indentOf(text), eol: text.includes("\r\n") ? "\r\n" : "\n" },
  };
  const tree = parseTree(text);
  const there = tree === undefined ? undefined : findNodeAtLocation(tree, path);
  if (edit.value === undefined && there === undefined) return text;
  const edited = edit.value === undefined && there !== undefined
    ? removeProperty(text, there)
    : applyEdits(text, modify(text, path, edit.value, options));
  await parseConfig(edited, name);
  return edited;
}

/**
 * Changes a setting in a configuration file, atomically; its mode stays. Needs
 * `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` as {@linkcode editConfigText};
 * `PERMISSION_DENIED` where the file is read-only; nothing is written then.
 */
export async function editConfigFile(path: string, edit: ConfigEdit): Promise<void> {
  const text = await readConfigText(path);
  const edited = await editConfigText(text, edit, path);
  if (edited === text) return;
  const real = await Deno.realPath(path);
  await refuseReadOnly(real);
  const { mode } = await Deno.stat(real);
  await writeFileAtomic(real, edited, { mode: mode === null ? undefined : mode & 0o777 });
}

/** To replace a file, its folder is asked; who may not write the file itself shall not. */
async function refuseReadOnly(path: string): Promise<void> {
  try {
    (await Deno.open(path, { write: true })).close();
  } catch (cause) {
    throw fileError(`Cannot change "${path}"`, cause, "CONFIG_INVALID");
  }
}

/**
 * The definition of a key with dots.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` with a suggestion where there is no such key.
 */
export function definitionAt(key: string): Schema {
  const path = key.split(".");
  const schema = schemaAt(configFile, path);
  if (schema !== undefined && key !== "") return schema as Schema;
  const known = path.findIndex((_, i) => schemaAt(configFile, path.slice(0, i + 1)) === undefined);
  const above = path.slice(0, known);
  const names = Object.keys(schemaNode(schemaAt(configFile, above)).entries ?? {});
  const near = nearestWord(path[known] ?? "", names);
  throw new HoldfastError("CONFIG_INVALID", `Cannot use the unknown setting "${key}"`, {
    hint: near === undefined
      ? names.length === 0
        ? "holdfast config list shows every setting."
        : `Known here: ${names.filter((name) => name !== "$schema").join(", ")}.`
      : `Did you mean "${[...above, near, ...path.slice(known + 1)].join(".")}"?`,
  });
}

function indentOf(text: string): { readonly insertSpaces: boolean; readonly tabSize: number } {
  const indent = text.match(/^([ \t]+)\S/m)?.[1] ?? "  ";
  return { insertSpaces: !indent.startsWith("\t"), tabSize: Math.min(indent.length, 8) };
}
