/**
 * Shows settings as they hold, and where each came from.
 *
 * @module
 */

import {
  type ConfiguredDatabase,
  configuredDatabases,
  databaseAt,
  databaseNamed,
} from "../../core/config/load_config.ts";
import type { DatabaseSettings } from "../../core/config/database_settings.ts";
import { definitionAt } from "../../core/config/edit_config.ts";
import type { SettingOrigin } from "../../core/config/resolve_settings.ts";
import { isRecord } from "../../core/config/schema_node.ts";
import { listSettings, type SettingInfo } from "../../core/config/setting_list.ts";
import { defaultRetention } from "../../core/retention/retention_policy.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";

/** The options of the commands. */
export interface ConfigFlags {
  readonly database?: string | undefined;
  readonly origin?: boolean | undefined;
}

/** One setting as it holds. */
interface Held {
  readonly key: string;
  readonly value: unknown;
  readonly origin: SettingOrigin;
}

/** Prints one setting: a text as it is, everything else as JSON. */
export async function configGet(run: Run, key: string, flags: ConfigFlags): Promise<Outcome> {
  definitionAt(key);
  const own = /^databases\.([^.]+)\.(.+)$/.exec(key);
  const value = own === null || own[2] === "path"
    ? valueAt(await everything(run, flags.database), key)
    : valueAt(await everything(run, own[1]), own[2] ?? "");
  const shown = hideSecrets(value, key);
  const text = typeof shown === "string" ? escapeText(shown) : JSON.stringify(shown) ?? "";
  return { verb: "config get", data: { key, value: shown ?? null }, text };
}

/** Lists every setting of every database, or of the named one. */
export async function configList(run: Run, flags: ConfigFlags): Promise<Outcome> {
  const config = await run.config();
  const databases = flags.database === undefined
    ? await configuredDatabases(config, flagsOf(run))
    : [await databaseNamed(config, flags.database, flagsOf(run))];
  const subjects = databases.length > 0 ? databases : [await noDatabase(run)];
  const file = listSettings().filter((info) => info.scope === "file" && !isPath(info));
  const general = file.map((info) => heldInFile(config.file, info));
  const parts = subjects.map((database) => ({
    name: database.name,
    path: database.path === "" ? null : database.path,
    settings: listSettings().filter((info) => info.scope === "database")
      .map((info) => held(database, info)),
  }));
  const texts: string[] = [];
  for (const part of parts) {
    if (part.path !== null) {
      const name = part.name === undefined ? "" : `${part.name}: `;
      texts.push(`# ${name}${escapeText(part.path)}`);
    }
    texts.push(await tableOf(part.settings, flags.origin === true), "");
  }
  texts.push("# for the whole file", await tableOf(general, flags.origin === true));
  return {
    verb: "config list",
    data: { path: config.found?.path ?? null, general, databases: parts },
    text: texts.join("\n"),
    note: config.found === undefined ? "There is no configuration file." : undefined,
  };
}

function isPath({ key }: SettingInfo): boolean {
  return key === "database" || key === "databases";
}

async function noDatabase(run: Run): Promise<ConfiguredDatabase> {
  return { ...await databaseAt(await run.config(), "", flagsOf(run)), path: "" };
}

function flagsOf(run: Run): { readonly directory?: string } {
  const { directory } = run.globals;
  return directory === undefined ? {} : { directory };
}

/** The file's own settings with those of a database laid over them. */
async function everything(run: Run, name: string | undefined): Promise<unknown> {
  const config = await run.config();
  const [only] = name === undefined ? await configuredDatabases(config, flagsOf(run)) : [];
  const single = config.file.databases === undefined ? only : undefined;
  const database = name === undefined
    ? single ?? await noDatabase(run)
    : await databaseNamed(config, name, flagsOf(run));
  return { plugins: [], notifiers: {}, ...config.file, ...inForce(database) };
}

/** Where no policy is given the usual one holds. */
function inForce({ settings }: ConfiguredDatabase): DatabaseSettings {
  return { ...settings, retention: settings.retention ?? defaultRetention() };
}

function held(database: ConfiguredDatabase, info: SettingInfo): Held {
  const { origins } = database;
  const origin = origins.get(info.key) ?? origins.get(info.key.split(".")[0] ?? "") ??
    { from: "default" };
  return {
    key: info.key,
    value: hideSecrets(valueAt(inForce(database), info.key) ?? null, info.key),
    origin,
  };
}

function heldInFile(file: object, info: SettingInfo): Held {
  const value = valueAt(file, info.key);
  const origin: SettingOrigin = value === undefined
    ? { from: "default" }
    : { from: "file", name: info.key };
  return { key: info.key, value: hideSecrets(value ?? info.default ?? null, info.key), origin };
}

async function tableOf(settings: readonly Held[], withOrigin: boolean): Promise<string> {
  const origin = ({ origin: { from, name } }: Held): string =>
    name === undefined ? from : `${from} (${name})`;
  return await table(settings, [
    { title: "KEY", cell: ({ key }) => key },
    {
      title: "VALUE",
      cell: ({ value }) => value === null ? "-" : escapeText(JSON.stringify(value)),
    },
    ...(withOrigin ? [{ title: "FROM", cell: origin }] : []),
  ]);
}

function valueAt(from: unknown, key: string): unknown {
  let at: unknown = from;
  for (const part of key.split(".")) {
    at = isRecord(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}

/** Settings of plugins may hold a secret that belongs elsewhere: it is not printed. */
function hideSecrets(value: unknown, key: string): unknown {
  const secret = /secret|password|passphrase|token|credential/i;
  if (value !== null && key.split(".").some((part) => secret.test(part))) return "(hidden)";
  if (Array.isArray(value)) return value.map((item) => hideSecrets(item, ""));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, hideSecrets(item, name)]),
  );
}
