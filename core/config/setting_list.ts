/**
 * Every setting as data, for the docs, the terminal UI and the environment.
 *
 * @module
 */

import { databaseEntries } from "./database_definition.ts";
import { configFile } from "./config_file.ts";
import { type Schema, schemaNode } from "./schema_node.ts";

/** What is known of one setting. */
export interface SettingInfo {
  /** Its key with dots: `schedule.at`. */
  readonly key: string;
  /** What kind of value it takes: `text`, `path`, `number`, `boolean`, `choice`, `list`, `duration`, … */
  readonly kind: string;
  /** One sentence. */
  readonly help: string;
  /** What is wanted, in words. */
  readonly wanted: string;
  /** What holds where it is not given. */
  readonly default?: unknown;
  /** The words of a choice. */
  readonly choices?: readonly string[] | undefined;
  /** Where it may stand: at the top for all databases and in one of them, or at the top only. */
  readonly scope: "database" | "file";
  /** The variable that sets it, where one can. */
  readonly variable?: string | undefined;
}

/** Every setting, in the order of the definition. */
export function listSettings(): readonly SettingInfo[] {
  return walk(configFile, []).filter((info) => info.key !== "$schema");
}

/** The variable for a key: `schedule.at` is `HOLDFAST_SCHEDULE_AT`. */
export function variableFor(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, "$1_$2").replaceAll(".", "_");
  return `HOLDFAST_${words.toUpperCase()}`;
}

function walk(schema: unknown, path: readonly string[]): SettingInfo[] {
  const node = schemaNode(schema);
  const inherited = isGroup(node.default) ? node.default : {};
  return Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
    const here = [...path, name];
    const below = schemaNode(entry);
    if (below.entries !== undefined) return walk(entry, here);
    return [describe(entry, here, inherited[name])];
  });
}

function describe(entry: Schema, path: readonly string[], inherited: unknown): SettingInfo {
  const node = schemaNode(entry);
  const key = path.join(".");
  const isDatabase = Object.hasOwn(databaseEntries, path[0] ?? "");
  const kind = kindOf(node.type, node.metadata.kind);
  const wanted = node.metadata.wanted;
  return {
    key,
    kind,
    help: node.description ?? "",
    wanted: typeof wanted === "string" ? wanted : "",
    default: inherited ?? node.default,
    choices: node.options,
    scope: isDatabase ? "database" : "file",
    variable: key === "database" || (isDatabase && isScalar(kind, key))
      ? variableFor(key)
      : undefined,
  };
}

function kindOf(type: string, kind: unknown): string {
  if (typeof kind === "string") return kind;
  return type === "record" ? "table" : type === "union" ? "command" : type;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A policy comes whole from one place: half of one by a variable would be another policy. */
function isScalar(kind: string, key: string): boolean {
  return kind !== "table" && kind !== "command" && !key.startsWith("retention.");
}
