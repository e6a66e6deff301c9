/**
 * Looking into a valibot schema: which keys it has, and what stands at a path.
 *
 * @module
 */

import type * as v from "valibot";

/** Any schema, whatever it takes and gives. */
export type Schema = v.GenericSchema<unknown, unknown>;

/** What a schema is under its optional and pipe wrappers. */
export interface SchemaNode {
  /** `strict_object`, `record`, `array`, `string`, `number`, `boolean`, `picklist`, `union`. */
  readonly type: string;
  /** The keys of an object. */
  readonly entries?: Readonly<Record<string, Schema>> | undefined;
  /** What each value of a record is. */
  readonly value?: Schema | undefined;
  /** The words of a choice. */
  readonly options?: readonly string[] | undefined;
  /** What holds where it is not given. */
  readonly default?: unknown;
  /** What the schema itself says is wanted. */
  readonly message?: string | undefined;
  /** The sentence of help. */
  readonly description?: string | undefined;
  /** The kind and the words for what is wanted. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Describes a schema without its wrappers. */
export function schemaNode(schema: unknown): SchemaNode {
  const facts = gather(schema, {});
  return {
    type: typeof facts.type === "string" ? facts.type : "unknown",
    entries: isRecord(facts.entries) ? facts.entries as Record<string, Schema> : undefined,
    value: facts.type === "record" ? facts.value as Schema : undefined,
    options: facts.type === "picklist" ? facts.options as readonly string[] : undefined,
    default: facts.default,
    message: typeof facts.message === "string" ? facts.message : undefined,
    description: typeof facts.description === "string" ? facts.description : undefined,
    metadata: isRecord(facts.metadata) ? facts.metadata : {},
  };
}

/** The schema at a path of keys, or `undefined` where the definition has no such key. */
export function schemaAt(schema: unknown, path: readonly string[]): unknown {
  let at: unknown = schema;
  for (const key of path) {
    const node = schemaNode(at);
    at = node.entries === undefined
      ? node.value
      : Object.hasOwn(node.entries, key)
      ? node.entries[key]
      : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

type Facts = Record<string, unknown>;

/** Collects what the wrappers say, the outermost winning, down to the plain schema. */
function gather(schema: unknown, outer: Facts): Facts {
  if (!isRecord(schema)) return outer;
  const pipe = Array.isArray(schema.pipe) ? schema.pipe : [];
  const said: Facts = {};
  for (const action of pipe.filter(isRecord)) {
    if (action.type === "description") said.description = action.description;
    if (action.type === "metadata") said.metadata = action.metadata;
  }
  if ("default" in schema && schema.default !== undefined) said.default = schema.default;
  const facts = { ...said, ...outer };
  const inner = pipe.length > 0 ? pipe[0] : schema.type === "optional" ? schema.wrapped : undefined;
  if (inner !== undefined && inner !== schema) return gather(inner, facts);
  return { ...facts, ...pickPlain(schema) };
}

function pickPlain(schema: Facts): Facts {
  const { type, entries, value, options, message } = schema;
  return { type, entries, value, options, message };
}

/** Whether a value is an object with keys, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
