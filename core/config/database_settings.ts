/**
 * The settings of one database, as they hold once every layer was read.
 *
 * @module
 */

import type { RetentionPolicy } from "../retention/retention_policy.ts";
import type { Weekday } from "../schedule/schedule.ts";
import type { TargetSettings } from "./target_settings.ts";

/** A command without a shell: the program and its arguments, or the same with a time limit. */
export type HookCommand = readonly string[] | {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** How long it may take: `60s`. */
  readonly timeout?: string | undefined;
};

/** Commands that run around a backup and a restore. */
export interface HookSettings {
  readonly beforeBackup?: HookCommand | undefined;
  readonly afterBackup?: HookCommand | undefined;
  readonly beforeRestore?: HookCommand | undefined;
  readonly afterRestore?: HookCommand | undefined;
}

/** When backups happen by themselves. */
export interface ScheduleSettings {
  readonly enabled: boolean;
  readonly kind?: "daily" | "weekly" | "cron" | undefined;
  readonly at: string;
  readonly day: Weekday;
  readonly cron?: string | undefined;
  readonly zone?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly jitter: string;
  readonly quiet?: string | undefined;
}

/** How old the newest backup of each kind may be before `health` speaks up. */
export interface MaxAgeSettings {
  readonly good: string;
  readonly proven: string;
  readonly offsite: string;
}

/** When an application that embeds the library takes backups. */
export interface AutomateSettings {
  readonly startupAfter: string;
  readonly every: string;
  readonly onShutdown: boolean;
}

/** The settings of one database. Durations and sizes are texts, as the file has them. */
export interface DatabaseSettings {
  readonly directory?: string | undefined;
  readonly format?: "db" | "zip" | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly filesQuery?: string | undefined;
  readonly zipLevel: number;
  readonly zipEncrypt: boolean;
  readonly engine: "auto" | "online" | "clone" | "compact";
  readonly verify: "none" | "quick" | "full";
  readonly expectTables: readonly string[];
  readonly assertions: readonly string[];
  readonly sourceVersion?: string | undefined;
  readonly warnSizeMB: number;
  readonly maxSizeMB?: number | undefined;
  readonly maxHold: string;
  readonly verifyChecksumAfterBackup: boolean;
  readonly verifyChecksumBeforeRestore: boolean;
  readonly alwaysCreateLocalBackupBeforeRestore: boolean;
  readonly systemBackup: boolean;
  readonly retention?: RetentionPolicy | undefined;
  readonly targets: Readonly<Record<string, TargetSettings>>;
  readonly schedule: ScheduleSettings;
  readonly hooks: HookSettings;
  readonly maxAge: MaxAgeSettings;
  readonly automate: AutomateSettings;
}
