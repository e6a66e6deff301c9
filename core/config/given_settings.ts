/**
 * Settings as a person gives them: only those that differ from the default.
 *
 * @module
 */

import type {
  AutomateSettings,
  DatabaseSettings,
  MaxAgeSettings,
  ScheduleSettings,
} from "./database_settings.ts";
import type { TargetSettings } from "./target_settings.ts";

/** Any of the keys. */
export type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** A target as it is given: its kind, and what differs from the defaults. */
export type GivenTarget = Given<TargetSettings> & Pick<TargetSettings, "kind">;

/** The settings of a database as they are given. */
export interface GivenSettings
  extends Given<Omit<DatabaseSettings, "targets" | "schedule" | "maxAge" | "automate">> {
  /** Where copies go, by name. */
  readonly targets?: Readonly<Record<string, GivenTarget>> | undefined;
  /** When backups happen by themselves. */
  readonly schedule?: Given<ScheduleSettings> | undefined;
  /** What health calls too old. */
  readonly maxAge?: Given<MaxAgeSettings> | undefined;
  /** What an embedded automation does. */
  readonly automate?: Given<AutomateSettings> | undefined;
}
