/**
 * What is wrong in a configuration, in words that name the key, the value and
 * what is wanted.
 *
 * @module
 */

import * as v from "valibot";
import { nearestWord } from "../extend/nearest_word.ts";
import { isRecord, type Schema, schemaAt, schemaNode } from "./schema_node.ts";

/** One thing that is wrong in a configuration. */
export interface ConfigIssue {
  /** The key with its dots: `databases.app.verify`; empty for the whole file. */
  readonly key: string;
  /** One sentence without a final period. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string | undefined;
}

/** Everything that is wrong with a value by its definition, in the order of the file. */
export function configIssues(schema: Schema, value: unknown): readonly ConfigIssue[] {
  const lists = misplacedLists(schema, value, []);
  if (lists.length > 0) return lists;
  const result = v.safeParse(schema, value);
  return result.success ? [] : result.issues.map((issue) => describe(schema, issue));
}

/** Lists where an object is wanted: valibot takes them for objects without keys. */
function misplacedLists(
  schema: unknown,
  value: unknown,
  path: readonly string[],
): readonly ConfigIssue[] {
  const node = schemaNode(schema);
  if (node.entries === undefined && node.value === undefined) return [];
  if (Array.isArray(value)) {
    const key = path.join(".");
    const wanted = node.message ?? "an object";
    if (key === "") return [{ key, message: `Cannot use the configuration: ${wanted} is wanted` }];
    const shown = shownValue(path, value);
    return [{ key, message: `Cannot use "${key}" = ${shown}: ${wanted} is wanted` }];
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const below = schemaAt(schema, [key]);
    return below === undefined ? [] : misplacedLists(below, item, [...path, key]);
  });
}

function describe(schema: Schema, issue: v.BaseIssue<unknown>): ConfigIssue {
  const path = (issue.path ?? []).map((item) => String(item.key));
  const key = path.join(".");
  if (issue.expected === "never") return unknownKey(schema, path);
  if (issue.input === undefined && path.length > 0) {
    const wanted = wantedAt(schema, path) ?? issue.message;
    return { key, message: `Cannot do without the setting "${key}": ${wanted} is wanted` };
  }
  if (path.length === 0) {
    const message = `Cannot use the configuration: ${issue.message} is wanted`;
    return { key, message, ...hintAt(schema, path) };
  }
  const badName = issue.path?.some((item) => item.type === "object" && item.origin === "key");
  const shown = badName === true ? JSON.stringify(path.at(-1)) : shownValue(path, issue.input);
  return {
    key,
    message: badName === true
      ? `Cannot use the name ${shown} in "${
        path.slice(0, -1).join(".")
      }": ${issue.message} is wanted`
      : `Cannot use "${key}" = ${shown}: ${issue.message} is wanted`,
    ...hintAt(schema, path),
  };
}

/** What the setting itself says about a refusal. */
function hintAt(schema: Schema, path: readonly string[]): Pick<ConfigIssue, "hint"> {
  const { hint } = schemaNode(schemaAt(schema, path)).metadata;
  return typeof hint === "string" ? { hint } : {};
}

function unknownKey(schema: Schema, path: readonly string[]): ConfigIssue {
  const last = path.at(-1) ?? "";
  const entries = schemaNode(schemaAt(schema, path.slice(0, -1))).entries ?? {};
  const near = nearestWord(last, Object.keys(entries));
  const prefix = path.slice(0, -1).map((part) => `${part}.`).join("");
  return {
    key: path.join("."),
    message: `Cannot use the unknown setting "${path.join(".")}"`,
    hint: near === undefined
      ? `Known here: ${Object.keys(entries).filter((name) => name !== "$schema").join(", ")}.`
      : `Did you mean "${prefix}${near}"?`,
  };
}

function wantedAt(schema: Schema, path: readonly string[]): string | undefined {
  const { wanted } = schemaNode(schemaAt(schema, path)).metadata;
  return typeof wanted === "string" ? wanted : undefined;
}

/** A value as JSON, short, and hidden where the settings of a plugin may hold a secret. */
export function shownValue(path: readonly string[], value: unknown): string {
  const inSettings = path.includes("settings");
  if (inSettings && path.some((part) => /secret|password|token|key|auth/i.test(part))) {
    return "(hidden)";
  }
  if (inSettings && isRecord(value)) return "an object";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
