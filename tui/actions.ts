/**
 * What the terminal UI can ask for. The program that opens it builds these from the
 * library; a verb that is not there does not appear on any screen.
 *
 * @module
 */

import type {
  EventListener,
  Health,
  Place,
  PrunePlan,
  RestorePreview,
  RetentionPolicy,
  Run,
  Schedule,
  SnapshotEngine,
  Stats,
} from "../mod.ts";
import type { KnownBackup } from "./known_backup.ts";
import type { TargetActions, TargetLine } from "./target_actions.ts";

/** How a piece of work reports and is stopped. */
export interface Work {
  readonly signal: AbortSignal;
  readonly onEvent: EventListener;
}

/** What came out of a piece of work, for people. */
export interface Outcome {
  /** One line: what was done. */
  readonly summary: string;
  /** More of it, shown on request. */
  readonly lines?: readonly string[] | undefined;
  /** The lines are what was wanted: they are shown at once. */
  readonly show?: boolean | undefined;
  /** Rows that the backup has and the live database lacks. */
  readonly missing?: MissingRows | undefined;
  /** It ended, but not all is well. */
  readonly doubtful?: boolean | undefined;
  /** The database must be opened again: its settings or its backups lie elsewhere now. */
  readonly reopen?: boolean | undefined;
  /** Backups that it made or touched, by id. */
  readonly ids?: readonly string[] | undefined;
}

/** Rows of one table that a backup has and the live database lacks. */
export interface MissingRows {
  /** How many there are. */
  readonly total: number;
  /** The first ones. */
  readonly rows: readonly MissingRow[];
}

/** One of them. */
export interface MissingRow {
  readonly id: string;
  /** Its values on one line. */
  readonly text: string;
  /** A condition that only this row fulfils; absent where its key cannot be written. */
  readonly where?: string | undefined;
}

/** Rows to bring back: those that fulfil a condition, or all that are missing. */
export interface RescueChoice {
  readonly backup: string;
  readonly table: string;
  readonly where?: string | undefined;
}

/** What a restore came to. */
export interface RestoreOutcome extends Outcome {
  /** There is a safety backup, so that it can be undone. */
  readonly undoable: boolean;
  /** Programs that have the database open must start again. */
  readonly requiresRestart: boolean;
}

/** Which backup to restore: one of the list, a file, or the newest good one of a moment. */
export interface RestoreChoice {
  readonly backup?: string | undefined;
  readonly at?: Temporal.Instant | undefined;
}

/** How to back up. */
export interface BackupChoice {
  readonly verify: "none" | "quick" | "full";
  readonly engine: SnapshotEngine | "auto";
  readonly note: string;
  readonly ifChanged: boolean;
}

/** What to export, and how. */
export interface ExportChoice {
  /** An id; without one the live database. */
  readonly backup: string | undefined;
  readonly format: "db" | "csv" | "json" | "jsonl" | "zip";
  /** A path as it was typed; empty for the present folder. */
  readonly output: string;
  /** Replaces what is there. */
  readonly force: boolean;
}

/** What changes of the records of some backups. */
export interface BackupEdit {
  readonly ids: readonly string[];
  readonly pinned?: boolean | undefined;
  /** An empty one takes the note away. */
  readonly note?: string | undefined;
}

/** Which backups go to the trash. */
export interface RemoveChoice {
  readonly ids: readonly string[];
  /** Also pinned ones, and the last good one. */
  readonly force: boolean;
}

/** How to apply the retention policy. */
export interface PruneChoice {
  /** Also where more than half of the good backups go. */
  readonly allowMassDelete: boolean;
}

/** The database and its backups as they are now. */
export interface Loaded {
  readonly backups: readonly KnownBackup[];
  /** Those in the trash, newest first. */
  readonly trash: readonly KnownBackup[];
  /** What is to be kept. */
  readonly policy: RetentionPolicy;
  /** What that keeps and lets go now; absent where there is no backup yet. */
  readonly plan?: PrunePlan | undefined;
  /** Whether all is as it should be, and what is not. */
  readonly health?: Health | undefined;
  /** When backups happen by themselves, in words; absent where they do not. */
  readonly schedule?: string | undefined;
  /** Counts, sizes and growth. */
  readonly stats?: Stats | undefined;
  /** Every setting as it holds for this database. */
  readonly settings: readonly HeldSetting[];
  /** What was done here by anyone, newest first. */
  readonly runs: readonly Run[];
  /** The targets of the configuration. */
  readonly targets?: readonly TargetLine[] | undefined;
  /** Bytes of the database with its `-wal`; absent where there is no file. */
  readonly databaseSize?: number | undefined;
  /** Bytes that may still be written in the backup directory. */
  readonly free?: number | undefined;
}

/** A setting as it holds. */
export interface HeldSetting {
  /** Its key with dots: `schedule.at`. */
  readonly key: string;
  /** One sentence. */
  readonly help: string;
  /** What is wanted, in words. */
  readonly wanted: string;
  /** Its value as it is typed; empty where there is none. */
  readonly value: string;
  /** Where the value comes from: `default`, `file`, … */
  readonly origin: string;
  /** The words to choose from. */
  readonly choices?: readonly string[] | undefined;
}

/** What can be done with one database. */
export interface DatabaseActions {
  readonly place: Place;
  /** Reads what the screens show. */
  load(): Promise<Loaded>;
  /** A text that changes when `load` would give something else; cheap, no file is opened. */
  fingerprint(): Promise<string>;
  backup(choice: BackupChoice, work: Work): Promise<Outcome>;
  /** Verifies the backups with these ids. */
  verify(ids: readonly string[], work: Work): Promise<Outcome>;
  /** What a restore would change; changes nothing. */
  preview(choice: RestoreChoice, work: Work): Promise<RestorePreview>;
  /** Restores; `force` in spite of doubts. */
  restore(choice: RestoreChoice & { readonly force: boolean }, work: Work): Promise<RestoreOutcome>;
  undo(work: Work): Promise<RestoreOutcome>;
  /** Pins, unpins, or writes a note. */
  edit(change: BackupEdit, work: Work): Promise<Outcome>;
  /** Moves backups to the trash. */
  remove(choice: RemoveChoice, work: Work): Promise<Outcome>;
  /** Brings backups back from the trash. */
  undelete(ids: readonly string[], work: Work): Promise<Outcome>;
  /** Restores a backup into a scratch file and proves it there. */
  drill(backup: string, work: Work): Promise<Outcome>;
  /** What differs between a backup and the live database. */
  compare(backup: string, work: Work): Promise<Outcome>;
  /** The first rows of a table of a backup. */
  peek(backup: string, table: string, work: Work): Promise<Outcome>;
  /** Looks for the rows of a table that a backup has and the live database lacks. */
  missing(backup: string, table: string, work: Work): Promise<Outcome>;
  /** Brings such rows back; a safety backup comes first. */
  rescue(choice: RescueChoice, work: Work): Promise<Outcome>;
  /** Applies the retention policy now. */
  prune(choice: PruneChoice, work: Work): Promise<Outcome>;
  /** Exports the database or a backup. */
  exportTo(choice: ExportChoice, work: Work): Promise<Outcome>;
  /** Moves the backup directory. */
  move(to: string, work: Work): Promise<Outcome>;
  /** The verbs of targets. */
  readonly targets: TargetActions;
  /** Writes a configuration file for this database; only where there is none. */
  writeConfig?(work: Work): Promise<Outcome>;
  /** Writes the schedule into the configuration; only where there is a file. */
  saveSchedule?(schedule: Schedule, work: Work): Promise<Outcome>;
  /** Writes a setting into the configuration, or takes it out; only where there is a file. */
  saveSetting?(key: string, text: string, work: Work): Promise<Outcome>;
  /** What is wrong with a text for a setting; `undefined` where nothing is. */
  checkSetting(key: string, text: string): string | undefined;
  /** Writes the policy into the configuration; only where there is a file. */
  savePolicy?(policy: RetentionPolicy, work: Work): Promise<Outcome>;
}

/** What every database can do. */
export const NOT_OPTIONAL = [
  "place",
  "load",
  "fingerprint",
  "backup",
  "verify",
  "preview",
  "restore",
  "undo",
  "edit",
  "remove",
  "undelete",
  "prune",
  "drill",
  "compare",
  "peek",
  "missing",
  "rescue",
  "checkSetting",
  "exportTo",
  "move",
  "targets",
] as const;

/** A verb that is not always there. */
export type Ability = Exclude<keyof DatabaseActions, (typeof NOT_OPTIONAL)[number]>;

/** A database file that was found. */
export interface FoundDatabase {
  readonly path: string;
  readonly size: number;
}

/** What can be done before there is a database. */
export interface TuiActions {
  /** SQLite files in the present folder. */
  look(): Promise<readonly FoundDatabase[]>;
  /** Paths that begin with a text; folders end with a separator. */
  complete(text: string): Promise<readonly string[]>;
  /** Takes a database on. Rejects with a `HoldfastError` where there is none. */
  open(path: string): Promise<DatabaseActions>;
}
