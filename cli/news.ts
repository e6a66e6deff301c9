/**
 * Tells the configured notifiers what happened to a database.
 *
 * @module
 */

import { basename } from "node:path";
import type { ConfiguredDatabase } from "../core/config/load_config.ts";
import { HoldfastError } from "../core/errors.ts";
import type { Occurrence } from "../core/notify/decide_news.ts";
import type { OpenNotifier } from "../core/notify/tell.ts";
import { keepAside, readAside } from "./kept_aside.ts";
import type { Run } from "./session.ts";

/** What a run keeps: the notifiers, opened once, and what cannot be written down. */
interface Newsroom {
  readonly notifiers: readonly OpenNotifier[];
  readonly memory: Map<string, string>;
}

const newsrooms = new WeakMap<Run, Promise<Newsroom>>();

/**
 * Tells it. A notifier that cannot be opened or reached is a warning, never a failure of
 * the work. Where none is configured nothing is loaded.
 */
export async function tellNews(
  run: Run,
  database: ConfiguredDatabase,
  occurrence: Occurrence,
): Promise<void> {
  const { file } = await run.config();
  if (Object.keys(file.notifiers ?? {}).length === 0) return;
  const room = newsrooms.get(run) ?? openNewsroom(run);
  newsrooms.set(run, room);
  const [{ notifiers, memory }, { tell }, { resolvePlace }] = await Promise.all([
    room,
    import("../core/notify/tell.ts"),
    import("../core/directory/place.ts"),
  ]);
  const { directory } = await resolvePlace({
    database: database.path,
    directory: database.settings.directory,
    adopt: true,
  });
  const key = `news ${directory}`;
  // Where the catalog is out of reach, the next run must know too what was told.
  const before = memory.get(directory) ?? await readAside(run, key);
  if (before !== undefined) memory.set(directory, before);
  const warnings = await tell(occurrence, {
    database: database.name ?? basename(database.path),
    directory,
    notifiers,
    memory,
    clock: run.clock,
    signal: run.signal,
  });
  const now = memory.get(directory);
  if (now !== before) await keepAside(run, key, now);
  for (const warning of warnings) {
    run.printer.event({ type: "warning", job: "notify", ...warning });
  }
}

/** Does the work of a backup and tells how it began and ended. */
export async function withNews<Result>(
  run: Run,
  database: ConfiguredDatabase,
  { work, summaryOf }: {
    readonly work: () => Promise<Result>;
    readonly summaryOf: (result: Result) => Extract<Occurrence, { kind: "done" }>;
  },
): Promise<Result> {
  await tellNews(run, database, { kind: "started", job: "backup" });
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof HoldfastError && error.code !== "CANCELLED" && error.code !== "USAGE") {
      const { code, message, hint } = error;
      await tellNews(run, database, { kind: "failed", job: "backup", code, message, hint });
    }
    throw error;
  }
  await tellNews(run, database, summaryOf(result));
  return result;
}

/** Opens what is enabled; what cannot be opened is a warning. */
async function openNewsroom(run: Run): Promise<Newsroom> {
  const { openConfigured } = await import("./notifiers.ts");
  const { file } = await run.config();
  const notifiers: OpenNotifier[] = [];
  for (const [name, given] of Object.entries(file.notifiers ?? {})) {
    if (given.enabled === false) continue;
    try {
      notifiers.push(await openConfigured(run, name));
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      const { message, hint } = error;
      run.printer.event({ type: "warning", job: "notify", code: error.code, message, hint });
    }
  }
  return { notifiers, memory: new Map() };
}
