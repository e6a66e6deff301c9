/**
 * Under which prefix the copies of a backup directory lie: fixed with the first copy,
 * whatever becomes of the name of the database.
 *
 * @module
 */

import { basename, extname } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import { copiesPrefix } from "./copy_record.ts";
import type { CopyOwner } from "./push_copy.ts";

/** The fact of the catalog that keeps it. */
const FACT = "copies";

/** The owner of the copies; kept in the catalog from now on. */
export function ownerOf(catalog: Catalog): CopyOwner {
  const id = catalog.fact("id") ?? "";
  const file = catalog.fact("database") ?? "";
  const name = basename(file, extname(file)) || "database";
  const known = catalog.fact(FACT);
  const prefix = known ?? copiesPrefix(name, id);
  if (known === undefined) catalog.setFact(FACT, prefix);
  return { prefix, database: { name, id } };
}

/** The prefix as far as it is known; it is not fixed by asking. */
export function knownPrefix(catalog: Catalog | undefined): string | undefined {
  return catalog?.fact(FACT);
}

/** Takes on the prefix of copies that are there. */
export function adoptPrefix(catalog: Catalog, prefix: string): void {
  catalog.setFact(FACT, prefix);
}
