/**
 * A setting given as text: by an environment variable or on the command line.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { configIssues } from "./config_issue.ts";
import { type Schema, schemaNode } from "./schema_node.ts";

/** Who gave a text, for the message when it is refused. */
export interface SettingTextSource {
  /** How the person named it: `HOLDFAST_VERIFY`, `verify`. */
  readonly name: string;
}

/**
 * The value that a text stands for, checked by its definition. A list is JSON, or
 * its only item; an object is JSON.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` with the name, the text and what is wanted.
 */
export function settingFromText(schema: Schema, text: string, source: SettingTextSource): unknown {
  const value = convert(schemaNode(schema), text);
  const [issue] = configIssues(schema, value);
  if (issue === undefined) return value;
  const { wanted } = schemaNode(schema).metadata;
  const detail = typeof wanted === "string" ? `: ${wanted} is wanted` : `: ${issue.message}`;
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot use ${source.name} = ${JSON.stringify(text)}${detail}`,
    { hint: issue.hint },
  );
}

function convert(node: ReturnType<typeof schemaNode>, text: string): unknown {
  switch (node.type) {
    case "string":
    case "picklist":
      return text;
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
    case "boolean":
      return text === "true" || text === "1"
        ? true
        : text === "false" || text === "0"
        ? false
        : text;
    case "array":
      return text.trimStart().startsWith("[") ? jsonOr(text) : [text];
    default:
      return jsonOr(text);
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
