/**
 * The definition of `holdfast.json`.
 *
 * @module
 */

import * as v from "valibot";
import { databaseEntries, nameInConfig } from "./database_definition.ts";
import type { GivenSettings } from "./given_settings.ts";
import { help, list, path, text } from "./setting_kinds.ts";
import { type GivenNotifier, notifierSettings } from "./target_settings.ts";

/** One named database: where it is, and what differs for it from the settings at the top. */
export interface DatabaseEntry extends GivenSettings {
  /** Absolute path of the file. */
  readonly path: string;
}

/** The content of `holdfast.json`. Settings at the top hold for every database. */
export interface ConfigFile extends GivenSettings {
  /** The JSON Schema, for editors. */
  readonly $schema?: string | undefined;
  /** The one database, where there is only one. */
  readonly database?: string | undefined;
  /** The databases by name. */
  readonly databases?: Readonly<Record<string, DatabaseEntry>> | undefined;
  /** Plugins to load: a bundled name, a path, or a `jsr:` or `npm:` specifier. */
  readonly plugins?: readonly string[] | undefined;
  /** Where news goes, by name. */
  readonly notifiers?: Readonly<Record<string, GivenNotifier>> | undefined;
}

const databaseEntry = v.strictObject({
  path: help(path(), "The SQLite file, relative to this file."),
  ...databaseEntries,
}, 'an object such as { "path": "app.db" }');

/** The definition of the whole file. */
export const configFile: v.GenericSchema<ConfigFile> = v.pipe(
  v.strictObject({
    $schema: v.optional(help(text(), "The address of the JSON schema, for editors.")),
    database: v.optional(
      help(path(), "The SQLite file, relative to this file, where there is only one."),
    ),
    databases: v.optional(
      help(
        v.record(nameInConfig, databaseEntry, "an object with databases by name"),
        "Several SQLite files, each with the settings that differ for it.",
      ),
    ),
    plugins: v.optional(
      help(list("bundled names, paths or npm:/jsr: specifiers"), "Plugins to load."),
      [],
    ),
    notifiers: v.optional(
      help(
        v.record(nameInConfig, notifierSettings, "an object with notifiers by name"),
        "Where news of an outcome goes.",
      ),
      {},
    ),
    ...databaseEntries,
  }, "an object with settings"),
  v.check(
    (file) => file.database === undefined || file.databases === undefined,
    'either "database" or "databases", not both',
  ),
);
