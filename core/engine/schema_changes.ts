/**
 * What differs between the schemas of two databases.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { pragma } from "./read_facts.ts";

/** Something that is on one side only, or is made in another way. */
export interface SchemaChange {
  /** What happened to it. */
  readonly change: "added" | "removed" | "changed";
  /** `table`, `index`, `view`, `trigger`, or `pragma` for a value of the header. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** The SQL that makes it, or the value, before. */
  readonly before?: string | undefined;
  /** Its SQL or value now. */
  readonly after?: string | undefined;
}

const pragmas = ["user_version", "application_id", "encoding"] as const;

/** The changes from `before` to `after`, in the order of their names. */
export function schemaChanges(before: DatabaseSync, after: DatabaseSync): SchemaChange[] {
  const old = itemsOf(before);
  const now = itemsOf(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [kind = "", name = ""] = key.split("\0");
    const [was, is] = [old.get(key), now.get(key)];
    if (was === is) return [];
    const change = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    return [{ change, kind, name, before: was, after: is }];
  });
}

/** SQL by kind and name; without SQLite's own. */
function itemsOf(database: DatabaseSync): Map<string, string> {
  const rows = database.prepare("SELECT type, name, sql FROM sqlite_schema").all();
  const items = rows
    .filter(({ name, sql }) => sql !== null && !String(name).startsWith("sqlite_"))
    .map(({ type, name, sql }) => [`${type}\0${name}`, String(sql)] as const);
  const values = pragmas.map((name) =>
    [`pragma\0${name}`, String(pragma(database, name))] as const
  );
  return new Map([...items, ...values]);
}
