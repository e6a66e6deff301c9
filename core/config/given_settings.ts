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

/** Keys that hold settings of their own. */
type Groups = "targets" | "schedule" | "maxAge" | "automate";

/** The settings of a database as they are given. */
export interface GivenSettings extends Given<Omit<DatabaseSettings, Groups>> {
  readonly targets?: Readonly<Record<string, GivenTarget>> | undefined;
  readonly schedule?: Given<ScheduleSettings> | undefined;
  readonly maxAge?: Given<MaxAgeSettings> | undefined;
  readonly automate?: Given<AutomateSettings> | undefined;
}
