/**
 * From what a person names to databases with their settings.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { HoldfastError } from "../core/errors.ts";
import type { ConfiguredDatabase, LoadedConfig } from "../core/config/load_config.ts";
import type { GivenSettings } from "../core/config/given_settings.ts";
import type { Run } from "./session.ts";

/** A database or a backup directory, and the settings that hold there. */
export interface ChosenPlace {
  /** Its name in the configuration. */
  readonly name: string | undefined;
  /** Path of the database; `undefined` where only the directory is known. */
  readonly database: string | undefined;
  /** The backup directory, where it was named. */
  readonly directory: string | undefined;
  /** The database with its settings: what they cost to read is paid when they are needed. */
  configured(): Promise<ConfiguredDatabase>;
}

/**
 * The databases that the arguments name: names of the configuration, paths and
 * patterns; without arguments every configured one.
 *
 * @throws {HoldfastError} `USAGE` where there is none, `DATABASE_MISSING` where a
 * pattern fits nothing.
 */
export async function chooseDatabases(
  run: Run,
  names: readonly string[],
  flags: GivenSettings,
): Promise<readonly ConfiguredDatabase[]> {
  const { configuredDatabases } = await import("../core/config/load_config.ts");
  const config = await run.config();
  if (names.length === 0) {
    const all = await configuredDatabases(config, flags);
    if (all.length > 0) return all;
    throw new HoldfastError("USAGE", "Cannot tell which database is meant: none is named", {
      hint: `Name one: holdfast ${run.session.verb ?? "backup"} app.db. Or run: holdfast init`,
    });
  }
  refuseEmpty(names);
  const chosen = new Map<string, ConfiguredDatabase>();
  for (const name of names) {
    for (const database of await fitting(run, name, flags)) chosen.set(database.path, database);
  }
  return [...chosen.values()];
}

async function fitting(
  run: Run,
  name: string,
  flags: GivenSettings,
): Promise<ConfiguredDatabase[]> {
  const { databaseAt, databaseNamed, databaseNames } = await import(
    "../core/config/load_config.ts"
  );
  const config = await run.config();
  if (databaseNames(config).includes(name)) return [await databaseNamed(config, name, flags)];
  const path = resolve(run.session.around.cwd, name);
  if (!/[*?[\]{}]/.test(name) || await isThere(path)) {
    return [await databaseAt(config, path, flags)];
  }
  const { expandPattern } = await import("./expand_pattern.ts");
  const found = await expandPattern(name, run.session.around.cwd);
  if (found.length === 0) {
    throw new HoldfastError("DATABASE_MISSING", `Cannot find a database that fits "${name}"`, {
      hint: "A pattern takes *, ** and ?; it finds files that begin as SQLite files do.",
    });
  }
  return await Promise.all(found.map((file) => databaseAt(config, file, flags)));
}

/**
 * The one place that a verb works on: `--directory`, the named database, the only
 * configured one, or the only backup directory here.
 *
 * @throws {HoldfastError} `USAGE` where there is none or more than one.
 */
export async function choosePlace(
  run: Run,
  name: string | undefined,
  flags: GivenSettings = {},
): Promise<ChosenPlace> {
  const places = await choosePlaces(run, name === undefined ? [] : [name], flags);
  const [only, ...others] = places;
  if (only !== undefined && others.length === 0) return only;
  const names = places.map((place) => place.name ?? place.database ?? place.directory);
  throw new HoldfastError("USAGE", `Cannot tell which of ${names.join(", ")} is meant`, {
    hint: `Name it: --database ${names[0]}`,
  });
}

/** Every place that is meant: several where the configuration has several databases. */
export async function choosePlaces(
  run: Run,
  names: readonly string[],
  flags: GivenSettings = {},
): Promise<readonly ChosenPlace[]> {
  refuseEmpty(names);
  const { configuredDatabases, databaseAt } = await import("../core/config/load_config.ts");
  const { directory } = run.globals;
  const given = directory === undefined ? flags : { ...flags, directory };
  const config = await run.config();
  if (names.length > 0) {
    const plain = plainPlaces(run, config, { names, given });
    return plain ?? (await chooseDatabases(run, names, given)).map(placeOf);
  }
  if (directory === undefined) {
    const all = await configuredDatabases(config, given);
    if (all.length > 0) return all.map(placeOf);
  }
  const here = directory ?? await directoryHere(run.session.around.cwd);
  const absolute = resolve(run.session.around.cwd, here);
  const { databaseOfDirectory } = await import("./database_of_directory.ts");
  const path = databaseOfDirectory(absolute);
  const configured = (): Promise<ConfiguredDatabase> =>
    databaseAt(config, path, { ...given, directory: absolute });
  return [{ name: undefined, database: undefined, directory: absolute, configured }];
}

/** An empty name would mean the current folder. */
function refuseEmpty(names: readonly string[]): void {
  if (!names.includes("")) return;
  throw new HoldfastError("USAGE", 'Cannot use "" as a database: the name is empty', {
    hint: "Is a variable of the shell not set?",
  });
}

/** Paths where nothing is configured: their settings need not be read to find the backups. */
function plainPlaces(
  run: Run,
  config: LoadedConfig,
  { names, given }: { readonly names: readonly string[]; readonly given: GivenSettings },
): readonly ChosenPlace[] | undefined {
  const isPlain = config.found === undefined && config.environment.length === 0;
  if (!isPlain || names.some((name) => /[*?[\]{}]/.test(name))) return undefined;
  const { cwd } = run.session.around;
  const directory = given.directory === undefined ? undefined : resolve(cwd, given.directory);
  return [...new Set(names.map((name) => resolve(cwd, name)))].map((database) => ({
    name: undefined,
    database,
    directory,
    configured: async () => {
      const { databaseAt } = await import("../core/config/load_config.ts");
      return await databaseAt(config, database, given);
    },
  }));
}

function placeOf(configured: ConfiguredDatabase): ChosenPlace {
  const { name, path, settings } = configured;
  const { directory } = settings;
  return { name, database: path, directory, configured: () => Promise.resolve(configured) };
}

/** The only folder here that holds backups. */
async function directoryHere(cwd: string): Promise<string> {
  const candidates = [cwd, join(cwd, "backups")];
  for await (const entry of Deno.readDir(cwd)) {
    if (entry.name.endsWith(".backups")) candidates.push(join(cwd, entry.name));
  }
  const found: string[] = [];
  for (const candidate of candidates) {
    if (await isThere(join(candidate, "catalog.db"))) found.push(candidate);
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const what = only === undefined
    ? "none is named, and no backups lie here"
    : `backups lie in ${found.join(", ")}`;
  throw new HoldfastError("USAGE", `Cannot tell which database is meant: ${what}`, {
    hint: "Name a database (holdfast list app.db) or a --directory. Or run: holdfast init",
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    if (error instanceof TypeError) return false;
    throw error;
  }
}
