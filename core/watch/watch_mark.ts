/**
 * What a watcher writes into the catalog, so that others see it from anywhere, and
 * notice when it died.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import { hostName } from "../files/directory_lock.ts";
import { isDirectory } from "../files/is_file.ts";

/** The mark of a watcher. Instants are ISO 8601 in UTC. */
export interface WatchMark {
  readonly state: "running" | "stopped";
  readonly pid: number;
  readonly host: string;
  /** When it began. */
  readonly since: string;
  /** When it last said so: every 10 minutes while it runs. */
  readonly seen: string;
  /** When it expects to take the next backup; `null` where none is planned. */
  readonly next: string | null;
  /** Backups that failed in a row. */
  readonly failures: number;
}

/** The key in the catalog. */
const FACT = "watch";

/** Writes the mark where there is a catalog. Throws what SQLite throws. */
export async function markWatch(
  directory: string,
  mark: Pick<WatchMark, "state" | "since" | "next" | "failures">,
  clock: Clock,
): Promise<void> {
  if (!await isDirectory(directory) || await readWatchCatalog(directory) === undefined) return;
  const seen = clock.now().toString({ fractionalSecondDigits: 3 });
  using catalog = Catalog.openToWrite(directory);
  catalog.setFact(FACT, JSON.stringify({ ...mark, pid: Deno.pid, host: hostName(), seen }));
}

/** The mark of the last watcher; `undefined` where there never was one. */
export async function readWatchMark(directory: string): Promise<WatchMark | undefined> {
  if (!await isDirectory(directory)) return undefined;
  return (await readWatchCatalog(directory))?.mark;
}

/** The mark in an open catalog. */
export function watchMarkIn(catalog: Catalog | undefined): WatchMark | undefined {
  const text = catalog?.fact(FACT);
  return text === undefined ? undefined : JSON.parse(text) as WatchMark;
}

function readWatchCatalog(
  directory: string,
): Promise<{ readonly mark: WatchMark | undefined } | undefined> {
  using catalog = Catalog.openToRead(directory);
  return Promise.resolve(catalog === undefined ? undefined : { mark: watchMarkIn(catalog) });
}
