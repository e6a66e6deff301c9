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
  /** Runs before a backup; a failure stops it. */
  readonly beforeBackup?: HookCommand | undefined;
  /** Runs after a backup, also after one that failed. */
  readonly afterBackup?: HookCommand | undefined;
  /** Runs before a restore; a failure stops it. */
  readonly beforeRestore?: HookCommand | undefined;
  /** Runs after a restore, also after one that failed. */
  readonly afterRestore?: HookCommand | undefined;
}

/** When backups happen by themselves. */
export interface ScheduleSettings {
  /** Whether backups happen by themselves. */
  readonly enabled: boolean;
  /** Each day, each week, or as `cron` says. */
  readonly kind?: "daily" | "weekly" | "cron" | undefined;
  /** The time of day: `02:00`. */
  readonly at: string;
  /** The day of a weekly one. */
  readonly day: Weekday;
  /** A cron expression of five or six fields. */
  readonly cron?: string | undefined;
  /** IANA name of the time zone; that of the system by default. */
  readonly zone?: string | undefined;
  /** Days that scheduled backups are kept. */
  readonly retentionDays?: number | undefined;
  /** It begins by up to so much later: `10m`. */
  readonly jitter: string;
  /** Hours in which none begins: `08:00-18:00`. */
  readonly quiet?: string | undefined;
}

/** How old the newest backup of each kind may be before `health` speaks up. */
export interface MaxAgeSettings {
  /** The newest good backup. */
  readonly good: string;
  /** The newest proof. */
  readonly proven: string;
  /** The newest copy on a target. */
  readonly offsite: string;
}

/** When an application that embeds the library takes backups. */
export interface AutomateSettings {
  /** A start takes a backup where the newest is older. */
  readonly startupAfter: string;
  /** How often one is taken while the application runs. */
  readonly every: string;
  /** Whether one is taken when it ends. */
  readonly onShutdown: boolean;
}

/** The settings of one database. Durations and sizes are texts, as the file has them. */
export interface DatabaseSettings {
  /** The backup directory; `backups` beside the database by default. */
  readonly directory?: string | undefined;
  /** How backups are packed. */
  readonly format?: "db" | "zip" | undefined;
  /** Files and folders that travel with each backup. */
  readonly include: readonly string[];
  /** What of these stays behind. */
  readonly exclude: readonly string[];
  /** A SELECT whose first column names more files. */
  readonly filesQuery?: string | undefined;
  /** How hard archives are pressed: 1 is fast, 9 is small. */
  readonly zipLevel: number;
  /** No archive is made without a password. */
  readonly zipEncrypt: boolean;
  /** How the pages are copied. */
  readonly engine: "auto" | "online" | "clone" | "compact";
  /** How far each backup is checked. */
  readonly verify: "none" | "quick" | "full";
  /** Tables that must be there. */
  readonly expectTables: readonly string[];
  /** SELECTs that must give a true value. */
  readonly assertions: readonly string[];
  /** The version of the application, for the record. */
  readonly sourceVersion?: string | undefined;
  /** From this size on there is a warning. */
  readonly warnSizeMB: number;
  /** A larger database is refused. */
  readonly maxSizeMB?: number | undefined;
  /** From so long on that writers wait there is a warning. */
  readonly maxHold: string;
  /** Always true: the hash is of the finished file; the name is known from elsewhere. */
  readonly verifyChecksumAfterBackup: boolean;
  /** Whether a backup must have the hash of its record. */
  readonly verifyChecksumBeforeRestore: boolean;
  /** Whether every restore takes a safety backup. */
  readonly alwaysCreateLocalBackupBeforeRestore: boolean;
  /** Whether the system's own backups take the backup directory. */
  readonly systemBackup: boolean;
  /** What to keep. */
  readonly retention?: RetentionPolicy | undefined;
  /** Where copies go, by name. */
  readonly targets: Readonly<Record<string, TargetSettings>>;
  /** When backups happen by themselves. */
  readonly schedule: ScheduleSettings;
  /** Commands around backups and restores. */
  readonly hooks: HookSettings;
  /** What health calls too old. */
  readonly maxAge: MaxAgeSettings;
  /** What an embedded automation does. */
  readonly automate: AutomateSettings;
}
