/**
 * The configuration of a run: found, read, checked, with environment and flags laid
 * over it.
 *
 * @module
 */

import { dirname } from "node:path";
import { HoldfastError } from "../errors.ts";
import { nearestWord } from "../extend/nearest_word.ts";
import type { ConfigFile } from "./config_file.ts";
import type { DatabaseSettings } from "./database_settings.ts";
import type { EnvironmentSetting } from "./environment_layer.ts";
import { findConfig, type FoundConfig } from "./find_config.ts";
import type { GivenSettings } from "./given_settings.ts";
import type { SettingLayer, SettingOrigin } from "./resolve_settings.ts";
import { absolutePath, type Surroundings } from "./surroundings.ts";

/** The configuration of a run. */
export interface LoadedConfig {
  /** The file, or `undefined` where there is none. */
  readonly found: FoundConfig | undefined;
  /** What it says; empty where there is none. */
  readonly file: ConfigFile;
  /** What the environment says. */
  readonly environment: readonly EnvironmentSetting[];
  /** The process. */
  readonly around: Surroundings;
}

/** One configured database, as it holds in a run. */
export interface ConfiguredDatabase {
  /** Its name in `databases`; `undefined` for the only one, and for one that is not configured. */
  readonly name: string | undefined;
  /** Absolute path of the SQLite file. */
  readonly path: string;
  /** Its settings; `directory`, where given, is absolute. */
  readonly settings: DatabaseSettings;
  /** Where each setting came from, by its key with dots. */
  readonly origins: ReadonlyMap<string, SettingOrigin>;
}

/**
 * Finds and reads the configuration. Needs `--allow-read`.
 *
 * @param around The process.
 * @param explicit The file that the person named.
 * @throws {HoldfastError} `CONFIG_INVALID` where it cannot be read or says something wrong.
 *
 * @example An application with the configuration of the command line.
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, backupOptionsFor, configuredDatabases, loadConfig } from "@holdfast/holdfast";
 *
 * const cwd = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${cwd}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await Deno.writeTextFile(`${cwd}/holdfast.json`, '{ "database": "app.db" }');
 *
 * const env = { HOLDFAST_VERIFY: "quick" };
 * const config = await loadConfig({ cwd, env, os: "linux" });
 * for (const database of await configuredDatabases(config)) {
 *   console.log(database.origins.get("verify")); // { from: "environment", name: "HOLDFAST_VERIFY" }
 *   await backup(backupOptionsFor(database));
 * }
 * await Deno.remove(cwd, { recursive: true });
 * ```
 */
export async function loadConfig(around: Surroundings, explicit?: string): Promise<LoadedConfig> {
  const found = await findConfig(around, explicit);
  return {
    found,
    file: found === undefined ? {} : await readConfigFile(found.path),
    environment: await readEnvironment(around.env),
    around,
  };
}

/** The checked content of a configuration file. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const { parseConfig } = await import("./parse_config.ts");
  return await parseConfig(await readConfigText(path), path);
}

/** The text of a configuration file; `CONFIG_INVALID` where it cannot be read. */
export async function readConfigText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.name : "unknown";
    throw new HoldfastError("CONFIG_INVALID", `Cannot read the configuration "${path}": ${why}`, {
      hint: "It must be a file that you may read.",
      cause,
    });
  }
}

/** The names in `databases`, in the order of the file. */
export function databaseNames(config: LoadedConfig): readonly string[] {
  return Object.keys(config.file.databases ?? {});
}

/** Every configured database: those in `databases`, or the only one. */
export async function configuredDatabases(
  config: LoadedConfig,
  flags: GivenSettings = {},
): Promise<readonly ConfiguredDatabase[]> {
  const names = databaseNames(config);
  if (names.length > 0) {
    return await Promise.all(names.map((name) => databaseNamed(config, name, flags)));
  }
  const only = onlyPath(config);
  return only === undefined ? [] : [await databaseAt(config, only, flags)];
}

/**
 * The database of that name in `databases`.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where there is none of that name.
 */
export async function databaseNamed(
  config: LoadedConfig,
  name: string,
  flags: GivenSettings = {},
): Promise<ConfiguredDatabase> {
  const entry = config.file.databases?.[name];
  if (entry === undefined) {
    const near = nearestWord(name, databaseNames(config));
    throw new HoldfastError("CONFIG_INVALID", `Cannot find the database "${name}" in databases`, {
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    });
  }
  const { path, ...settings } = entry;
  const place = absolutePath(path, configFolder(config), config.around);
  return await resolveAt(config, { name, path: place, settings, flags });
}

/**
 * The settings for the SQLite file at an absolute path: those of its entry in the
 * configuration where it has one, else those at the top.
 */
export async function databaseAt(
  config: LoadedConfig,
  path: string,
  flags: GivenSettings = {},
): Promise<ConfiguredDatabase> {
  const entries = Object.entries(config.file.databases ?? {});
  const named = entries.find(([, entry]) =>
    absolutePath(entry.path, configFolder(config), config.around) === path
  );
  if (named !== undefined) return await databaseNamed(config, named[0], flags);
  return await resolveAt(config, { name: undefined, path, settings: {}, flags });
}

/** The path of the only database: by `HOLDFAST_DATABASE`, or `database` in the file. */
function onlyPath(config: LoadedConfig): string | undefined {
  const { file, environment, around } = config;
  const given = environment.find((setting) => setting.key === "database");
  if (typeof given?.value === "string") return absolutePath(given.value, around.cwd, around);
  if (file.database === undefined) return undefined;
  return absolutePath(file.database, configFolder(config), around);
}

/** The folder that paths in the file are relative to. */
export function configFolder(config: LoadedConfig): string {
  return config.found === undefined ? config.around.cwd : dirname(config.found.path);
}

interface DatabaseParts {
  readonly name: string | undefined;
  readonly path: string;
  readonly settings: GivenSettings;
  readonly flags: GivenSettings;
}

async function resolveAt(config: LoadedConfig, parts: DatabaseParts): Promise<ConfiguredDatabase> {
  const { resolveSettings } = await import("./resolve_settings.ts");
  const { around } = config;
  const folder = configFolder(config);
  const prefix = parts.name === undefined ? "" : `databases.${parts.name}.`;
  const { $schema: _s, database: _d, databases: _ds, plugins: _p, notifiers: _n, ...top } =
    config.file;
  const layers: SettingLayer[] = [
    { settings: placed(top, folder, around), origin: (name) => ({ from: "file", name }) },
    {
      settings: placed(parts.settings, folder, around),
      origin: (key) => ({ from: "file", name: `${prefix}${key}` }),
    },
    ...environmentLayers(config),
    { settings: placed(parts.flags, around.cwd, around), origin: () => ({ from: "flag" }) },
  ];
  return { name: parts.name, path: parts.path, ...resolveSettings(layers) };
}

function environmentLayers({ environment, around }: LoadedConfig): SettingLayer[] {
  return environment.filter(({ key }) => key !== "database").map(({ key, value, variable }) => {
    const [head = "", tail] = key.split(".");
    const settings: GivenSettings = tail === undefined
      ? { [head]: value }
      : { [head]: { [tail]: value } };
    return {
      settings: placed(settings, around.cwd, around),
      origin: () => ({ from: "environment", name: variable }),
    };
  });
}

function placed(settings: GivenSettings, base: string, around: Surroundings): GivenSettings {
  const { directory } = settings;
  if (directory === undefined) return settings;
  return { ...settings, directory: absolutePath(directory, base, around) };
}

/** Without a variable of ours nothing needs the definition. */
async function readEnvironment(env: Surroundings["env"]): Promise<readonly EnvironmentSetting[]> {
  const ours = Object.keys(env).some((name) =>
    name.startsWith("HOLDFAST_") && name !== "HOLDFAST_CONFIG"
  );
  if (!ours) return [];
  const { environmentSettings } = await import("./environment_layer.ts");
  return environmentSettings(env);
}
