/**
 * What could stand at a place of the command line: ids of backups, names of the
 * configuration, files.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { HoldfastError } from "../../core/errors.ts";
import { listBackups } from "../../core/list.ts";
import { choosePlaces } from "../choose_database.ts";
import type { Globals, Run, Session } from "../session.ts";
import { completePath } from "../tui/complete_path.ts";

/** A value, and what is said beside it. */
export type Completion = readonly [value: string, description: string];

/** What the words on the line say about the place. */
export interface CompletionPlace {
  readonly session: Session;
  readonly globals: Globals;
  /** The word after `--database`. */
  readonly database: string | undefined;
  /** What is typed of the last word. */
  readonly typed: string;
}

/** How the values of one kind are found. */
type Find = (place: CompletionPlace) => Promise<readonly Completion[]>;

/** By the name of an argument, or the word in an option's help: `<target>`. */
const kinds: Readonly<Record<string, Find>> = {
  backup: backups,
  other: backups,
  what: async (place) => [...await backups(place), ...await databases(place)],
  database: databases,
  target: targets,
  notifier: notifiers,
  key: settings,
  file: files,
  folder: files,
  directory: files,
  path: files,
};

/** The values for an argument or option of this name; none where nothing is known. */
export async function completionValues(
  name: string,
  place: CompletionPlace,
): Promise<readonly Completion[]> {
  try {
    const values = await (kinds[name]?.(place) ?? Promise.resolve([]));
    return values.filter(([value]) =>
      value === stripVTControlCharacters(value) && !/\s/.test(value)
    );
  } catch (error) {
    // Whoever presses the tab key wants no error: the command itself will say it.
    if (error instanceof HoldfastError || error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}

async function backups(place: CompletionPlace): Promise<readonly Completion[]> {
  const run = runOf(place);
  const found: Completion[] = [["latest", "the newest"]];
  for (const chosen of await choosePlaces(run, place.database ? [place.database] : [])) {
    const { backups } = await listBackups(chosen);
    for (const { id, name, reason } of backups) found.push([id.slice(0, 8), `${name} ${reason}`]);
  }
  return found;
}

async function databases(place: CompletionPlace): Promise<readonly Completion[]> {
  const { databaseNames } = await import("../../core/config/load_config.ts");
  const names = databaseNames(await runOf(place).config());
  return [...names.map((name): Completion => [name, "configured"]), ...await files(place)];
}

async function targets(place: CompletionPlace): Promise<readonly Completion[]> {
  const { configuredDatabases } = await import("../../core/config/load_config.ts");
  const all = await configuredDatabases(await runOf(place).config(), {});
  const names = all.flatMap(({ settings }) => Object.keys(settings.targets));
  return [...new Set(names)].map((name): Completion => [name, "target"]);
}

async function notifiers(place: CompletionPlace): Promise<readonly Completion[]> {
  const { file } = await runOf(place).config();
  return Object.keys(file.notifiers ?? {}).map((name): Completion => [name, "notifier"]);
}

async function settings(): Promise<readonly Completion[]> {
  const { listSettings } = await import("../../core/config/setting_list.ts");
  return listSettings().map(({ key, help }): Completion => [key, help]);
}

async function files({ session, typed }: CompletionPlace): Promise<readonly Completion[]> {
  const { cwd, env } = session.around;
  const paths = await completePath(typed, { cwd, home: env.HOME });
  return paths.map((path): Completion => [path, ""]);
}

/** Enough of a run to read the configuration. */
function runOf({ session, globals }: CompletionPlace): Run {
  const { printer, signal, clock } = session;
  const config: Run["config"] = async () => {
    const { loadConfig } = await import("../../core/config/load_config.ts");
    return await loadConfig(session.around, globals.config);
  };
  return { session, globals, printer, signal, clock, config };
}
