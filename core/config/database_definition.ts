/**
 * The definition of the settings of one database: kind, default and help of each.
 *
 * @module
 */

import * as v from "valibot";
import type {
  AutomateSettings,
  DatabaseSettings,
  HookCommand,
  HookSettings,
  MaxAgeSettings,
  ScheduleSettings,
} from "./database_settings.ts";
import type { Given, GivenSettings } from "./given_settings.ts";
import { retentionSettings } from "./retention_settings.ts";
import {
  alwaysOn,
  choice,
  cron,
  duration,
  flag,
  help,
  list,
  path,
  text,
  timeOfDay,
  whole,
  window,
  zone,
} from "./setting_kinds.ts";
import { targetSettings } from "./target_settings.ts";

/** What a database, a target and a notifier may be called: it is part of a key such as `databases.app.verify`. */
export const nameInConfig = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    "a name of letters, digits, _ and -, at most 64, that begins with a letter or a digit",
  ),
);

const argv = list('texts: the program and its arguments, as in ["systemctl", "stop", "app"]');

const hookWanted =
  'a command such as ["systemctl", "stop", "app"] or { "command": […], "timeout": "60s" }';

const hook: v.GenericSchema<HookCommand> = v.union(
  [
    v.pipe(argv, v.minLength(1, hookWanted)),
    v.strictObject({
      command: help(v.pipe(argv, v.minLength(1, hookWanted)), "The program and its arguments."),
      timeout: v.optional(help(duration(), "How long it may take; 60s by default.")),
    }),
  ],
  hookWanted,
);

const hooks: v.GenericSchema<HookSettings> = help(
  v.strictObject({
    beforeBackup: v.optional(
      help(hook, "Runs before each backup, without a shell; a failure stops the backup."),
    ),
    afterBackup: v.optional(help(hook, "Runs after each backup, also after a failed one.")),
    beforeRestore: v.optional(
      help(hook, "Runs before each restore; a failure stops the restore."),
    ),
    afterRestore: v.optional(help(hook, "Runs after each restore, also after a failed one.")),
  }, "an object with hooks"),
  "Commands around a backup and a restore.",
);

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

const schedule: v.GenericSchema<Given<ScheduleSettings>, ScheduleSettings> = help(
  v.strictObject({
    enabled: v.optional(help(flag(), "Backups happen by themselves."), false),
    kind: v.optional(
      help(choice(["daily", "weekly", "cron"]), "How often; daily, or cron where cron is given."),
    ),
    at: v.optional(help(timeOfDay(), "At what time."), "02:00"),
    day: v.optional(help(choice(weekdays), "On which day, when weekly."), "sunday"),
    cron: v.optional(
      help(cron(), "A cron expression of five or six fields, instead of at and day."),
    ),
    zone: v.optional(help(zone(), "The zone of these times; the system's by default.")),
    retentionDays: v.optional(
      help(whole(1, 36_500), "Scheduled backups go after this many days."),
    ),
    jitter: v.optional(help(duration(), "Starts up to this much later, at random."), "0s"),
    quiet: v.optional(
      help(window(), "In this window of the day nothing is started; it waits for its end."),
    ),
  }, "an object with a schedule"),
  "When backups happen by themselves.",
);

const maxAge: v.GenericSchema<Given<MaxAgeSettings>, MaxAgeSettings> = help(
  v.strictObject({
    good: v.optional(help(duration(), "How old the newest good backup may be."), "26h"),
    proven: v.optional(help(duration(), "How old the newest proof may be."), "8d"),
    offsite: v.optional(help(duration(), "How old the newest copy on a target may be."), "8d"),
  }, "an object with ages"),
  "How old things may be before health says so.",
);

const automate: v.GenericSchema<Given<AutomateSettings>, AutomateSettings> = help(
  v.strictObject({
    startupAfter: v.optional(
      help(duration(), "An application that starts takes a backup if the newest is older."),
      "24h",
    ),
    every: v.optional(help(duration(), "How often one is taken while it runs."), "4h"),
    onShutdown: v.optional(
      help(flag(), "One is taken when it ends, if anything changed."),
      true,
    ),
  }, "an object with intervals"),
  "When an application that embeds holdfast takes backups.",
);

const megabytes = whole(1, 100_000_000);

/** Every setting that a database can have, by its key. */
export const databaseEntries = {
  directory: v.optional(
    help(
      path(),
      'Where the backups lie, relative to this file; "backups" beside the database by default.',
    ),
  ),
  format: v.optional(
    help(
      choice(["db", "zip"]),
      "How a backup is packed: a plain SQLite file, or an archive with the files that travel " +
        "with it; zip where any do, else db.",
    ),
  ),
  include: v.optional(
    help(
      list("names, folders and patterns"),
      'Files that travel with the database, relative to its folder, as in ["prefs.json", "docs/**"].',
    ),
    [],
  ),
  exclude: v.optional(
    help(
      list("names, folders and patterns"),
      "What of these stays. A rule without a slash means that name at any depth, as in " +
        '.gitignore: ["*.tmp"]; "./cache" is only the one beside the database.',
    ),
    [],
  ),
  filesQuery: v.optional(
    help(
      text("a SELECT"),
      "A query whose first column names files that the database refers to; they travel too.",
    ),
  ),
  zipLevel: v.optional(
    help(whole(1, 9), "How hard archives are pressed: 1 is fast, 9 is small."),
    6,
  ),
  zipEncrypt: v.optional(
    help(
      flag(),
      "No archive is made without a password. One that is set always encrypts (AES-256).",
    ),
    false,
  ),
  engine: v.optional(
    help(choice(["auto", "online", "clone", "compact"]), "How the pages are copied."),
    "auto",
  ),
  verify: v.optional(
    help(choice(["none", "quick", "full"]), "How far each backup is checked."),
    "full",
  ),
  expectTables: v.optional(
    help(list("table names"), "Tables that every backup must have."),
    [],
  ),
  assertions: v.optional(
    help(list("SQL queries"), "Queries that must give a true value in every backup."),
    [],
  ),
  sourceVersion: v.optional(
    help(text(), "The version of the application, kept with each backup."),
  ),
  warnSizeMB: v.optional(
    help(megabytes, "A backup larger than this many megabytes is a warning."),
    500,
  ),
  maxSizeMB: v.optional(
    help(megabytes, "A backup larger than this many megabytes is refused; no limit by default."),
  ),
  maxHold: v.optional(
    help(duration(), "Where writers must wait longer than this for a snapshot, a warning says so."),
    "2s",
  ),
  verifyChecksumAfterBackup: v.optional(
    help(
      alwaysOn('Every record needs the SHA-256. What else is checked is said by "verify".'),
      "The SHA-256 of each backup is of its finished file. It always is: false is refused.",
    ),
    true,
  ),
  verifyChecksumBeforeRestore: v.optional(
    help(
      flag(),
      "The SHA-256 of a backup is compared with its record before a restore; SQLite's own check " +
        "comes in any case.",
    ),
    true,
  ),
  alwaysCreateLocalBackupBeforeRestore: v.optional(
    help(flag(), "A restore takes a safety backup first; false also needs --no-safety."),
    true,
  ),
  systemBackup: v.optional(
    help(flag(), "The backup directory is part of the system's own backups."),
    true,
  ),
  retention: v.optional(retentionSettings),
  targets: v.optional(
    help(
      v.record(nameInConfig, targetSettings, "an object with targets by name"),
      "Places that hold copies.",
    ),
    {},
  ),
  schedule: v.optional(schedule, {}),
  hooks: v.optional(hooks, {}),
  maxAge: v.optional(maxAge, {}),
  automate: v.optional(automate, {}),
};

/** The definition of the settings of one database; its output has every default. */
export const databaseSettings: v.GenericSchema<GivenSettings, DatabaseSettings> = v
  .strictObject(databaseEntries);
