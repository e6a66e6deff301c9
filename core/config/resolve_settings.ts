/**
 * The settings that hold for one database, and where each came from.
 *
 * @module
 */

import * as v from "valibot";
import { HoldfastError } from "../errors.ts";
import { configIssues } from "./config_issue.ts";
import { databaseSettings } from "./database_definition.ts";
import type { DatabaseSettings } from "./database_settings.ts";
import type { GivenSettings } from "./given_settings.ts";
import { isRecord, type Schema } from "./schema_node.ts";

/** Where a setting came from. */
export interface SettingOrigin {
  /** The layer that won. */
  readonly from: "default" | "file" | "environment" | "flag";
  /** The key in the file, the variable or the flag. */
  readonly name?: string | undefined;
}

/** Settings of one layer, weakest layers first when they are merged. */
export interface SettingLayer {
  readonly settings: GivenSettings;
  /** Names the origin of a key that this layer gives. */
  readonly origin: (key: string) => SettingOrigin;
}

/** The settings that hold, and the origin of each by its key with dots. */
export interface ResolvedSettings {
  readonly settings: DatabaseSettings;
  readonly origins: ReadonlyMap<string, SettingOrigin>;
}

/** Groups whose keys are merged one by one; every other setting is replaced whole. */
const merged: ReadonlySet<string> = new Set(["schedule", "hooks", "maxAge", "automate", "targets"]);

/**
 * Lays the layers over each other, weakest first, and fills in the defaults. A
 * retention policy and each target are replaced whole: half of one and half of
 * another would be a policy that nobody wrote.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` where a value is not what is wanted: files and
 * variables were checked when they were read, so it is one of a flag.
 */
export function resolveSettings(layers: readonly SettingLayer[]): ResolvedSettings {
  const given: Record<string, unknown> = {};
  const origins = new Map<string, SettingOrigin>();
  for (const { settings, origin } of layers) {
    for (const [key, value] of Object.entries(settings)) {
      if (value === undefined) continue;
      if (merged.has(key) && isRecord(value)) {
        const before = isRecord(given[key]) ? given[key] : {};
        given[key] = { ...before, ...value };
        for (const name of Object.keys(value)) {
          origins.set(`${key}.${name}`, origin(`${key}.${name}`));
        }
      } else {
        given[key] = value;
        origins.set(key, origin(key));
      }
    }
  }
  const result = v.safeParse(databaseSettings, given);
  if (result.success) return { settings: result.output, origins };
  const [issue] = configIssues(databaseSettings as Schema, given);
  throw new HoldfastError("CONFIG_INVALID", issue?.message ?? "Cannot use these settings", {
    hint: issue?.hint,
  });
}
