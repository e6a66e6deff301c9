/**
 * Which database is meant by the name of a target.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { choosePlaces } from "../choose_database.ts";
import type { Run } from "../session.ts";

/** The named database, or the first one that has the target; else the first. */
export async function databaseOfTarget(
  run: Run,
  target: string,
  database: string | undefined,
): Promise<ConfiguredDatabase> {
  const places = await choosePlaces(run, database === undefined ? [] : [database]);
  const all = await Promise.all(places.map(({ configured }) => configured()));
  const has = all.find(({ settings }) => settings.targets[target] !== undefined);
  const [first] = all;
  if (first === undefined) throw new RangeError("Cannot choose among no databases");
  return has ?? first;
}
