/**
 * Tells the notifiers what health finds of a database.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../core/config/load_config.ts";
import type { Place } from "../core/directory/place.ts";
import { healthOf } from "./health_of.ts";
import { tellNews } from "./news.ts";
import type { Run } from "./session.ts";

/** Tells it: each finding once a day, by the rules of news. */
export async function tellHealth(
  run: Run,
  { database, place }: { readonly database: ConfiguredDatabase; readonly place: Place },
): Promise<void> {
  const { notifiers = {} } = (await run.config()).file;
  if (Object.keys(notifiers).length === 0) return;
  const { settings } = database;
  const { facts, issues } = await healthOf(place, { settings, run });
  // Before its first backup there is nothing to warn of yet: that one comes, or fails.
  if (facts.count === 0) return;
  await tellNews(run, database, { kind: "health", issues });
}
