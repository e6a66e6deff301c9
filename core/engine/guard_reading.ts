/**
 * A connection that can only read, whatever SQL a schema or a person brings.
 *
 * @module
 * @see https://www.sqlite.org/c3ref/set_authorizer.html
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";

/** Codes of the authorizer (https://www.sqlite.org/c3ref/c_alter_table.html). */
const reading: Readonly<Record<string, number>> = {
  pragma: 19,
  read: 20,
  select: 21,
  function: 31,
  recursive: 33,
};
const allowed: ReadonlySet<number> = new Set(Object.values(reading));

const OK = 0;
const DENY = 1;

/** What newer versions of `node:sqlite` can do; its types do not say so yet. */
interface Authorizing {
  enableDefensive(active: boolean): void;
  setAuthorizer(decide: (action: number) => number): void;
}

/** From here on SQLite refuses to prepare anything that writes, attaches or opens a transaction. */
export function guardReading(database: DatabaseSync): void {
  if (!isAuthorizing(database)) {
    throw new HoldfastError("INTERNAL", "Cannot look inside: this Deno knows no authorizer", {
      hint: "Use Deno 2.9 or newer.",
    });
  }
  database.enableDefensive(true);
  database.setAuthorizer((action) => allowed.has(action) ? OK : DENY);
}

function isAuthorizing(database: object): database is Authorizing {
  return "setAuthorizer" in database && "enableDefensive" in database;
}
